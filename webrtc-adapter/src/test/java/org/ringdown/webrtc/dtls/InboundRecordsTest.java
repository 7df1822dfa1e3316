package org.ringdown.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class InboundRecordsTest {
  private final InboundRecords records = new InboundRecords(datagram -> {});
  private final byte[] buffer = new byte[2_048];

  @Test
  void datagramsComeOutAsTheyWentIn() throws Exception {
    records.offer(ByteBuffer.wrap(new byte[] {20, 1, 2}));
    assertThat(records.receive(buffer, 5, 100, 1)).isEqualTo(3);
    assertThat(buffer[5]).isEqualTo((byte) 20);
    assertThat(records.receive(buffer, 0, 100, 1)).isEqualTo(-1);
  }

  @Test
  void aFragmentOfAnEnormousMessageIsDropped() {
    assertThat(records.offer(clientHello(2_000))).isTrue();
    assertThat(records.offer(clientHello(0xFFFFFF))).isFalse();
    assertThat(records.offer(twoMessages(2_000, 200_000))).isFalse();
    assertThat(records.offer(twoMessages(2_000, 3_000))).isTrue();
  }

  @Test
  void theQueueIsBounded() {
    int taken = 0;
    while (taken < 1_000 && records.offer(ByteBuffer.wrap(new byte[] {20}))) {
      taken++;
    }
    assertThat(taken).isLessThan(100);
  }

  @Test
  void withoutWaitingAnEmptyQueueInterrupts() {
    records.stopWaiting();
    assertThatThrownBy(() -> records.receive(buffer, 0, 100, 60_000))
        .isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void aClosedQueueSaysSoAtOnceEvenIfItIsFull() {
    while (records.offer(ByteBuffer.wrap(new byte[] {20}))) {
      // until it is full
    }
    records.close();
    assertThatThrownBy(() -> records.receive(buffer, 0, 100, 60_000))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(InterruptedIOException.class);
    assertThat(records.offer(ByteBuffer.wrap(new byte[] {20}))).isFalse();
  }

  private static ByteBuffer clientHello(int claimedBytes) {
    return record(12 + 30).putInt(13, 1 << 24 | claimedBytes).putInt(21, 30);
  }

  private static ByteBuffer twoMessages(int first, int second) {
    ByteBuffer both = record(2 * (12 + 30));
    both.putInt(13, 1 << 24 | first).putInt(21, 30);
    return both.putInt(13 + 42, 1 << 24 | second).putInt(21 + 42, 30);
  }

  private static ByteBuffer record(int length) {
    return ByteBuffer.allocate(13 + length)
        .put(0, (byte) 22)
        .put(1, (byte) 254)
        .put(2, (byte) 253)
        .putShort(11, (short) length);
  }
}
