package org.ringdown.sip.dns;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A DNS server on a loopback port that knows the records it was told of, in the form of zone files:
 * {@code "pbx.example. 60 IN A 192.0.2.1"}. Safe from any thread.
 */
public final class FakeDns implements AutoCloseable {
  private static final String SOA = "example. 60 IN SOA ns.example. root.example. 1 60 60 60 60";

  private final DatagramSocket socket;
  private final ListMultimap<Name, Record> zone =
      Multimaps.synchronizedListMultimap(ArrayListMultimap.create());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int rcode = Rcode.NOERROR;
  private volatile boolean silent;

  /** A server that knows these records. */
  public FakeDns(String... records) throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    add(records);
    Thread server = new Thread(this::serve, "fake-dns");
    server.setDaemon(true);
    server.start();
  }

  void add(String... records) throws IOException {
    for (String text : records) {
      Record added = record(text);
      zone.put(added.getName(), added);
    }
  }

  /** Answers nothing but this from now on. */
  void failWith(int code) {
    rcode = code;
  }

  void beSilent(boolean on) {
    silent = on;
  }

  /** Where it is asked. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** What was asked so far, such as {@code "pbx.example. SRV"}. */
  public List<String> asked() {
    return asked;
  }

  private static Record record(String text) throws IOException {
    String[] parts = text.split(" ", 5);
    return Record.fromString(
        Name.fromString(parts[0]),
        Type.value(parts[3]),
        DClass.IN,
        Long.parseLong(parts[1]),
        parts[4],
        Name.root);
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        Record question = query.getQuestion();
        asked.add(question.getName() + " " + Type.string(question.getType()));
        if (!silent) {
          byte[] answer = answer(query).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private Message answer(Message query) throws IOException {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    answer.getHeader().setRcode(rcode);
    if (rcode != Rcode.NOERROR) {
      return answer;
    }
    List<Record> known = List.copyOf(zone.get(question.getName()));
    known.stream()
        .filter(r -> r.getType() == question.getType() || r instanceof CNAMERecord)
        .forEach(r -> answer.addRecord(r, Section.ANSWER));
    if (answer.getSection(Section.ANSWER).isEmpty()) {
      answer.getHeader().setRcode(known.isEmpty() ? Rcode.NXDOMAIN : Rcode.NOERROR);
      answer.addRecord(record(SOA), Section.AUTHORITY);
    }
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}
