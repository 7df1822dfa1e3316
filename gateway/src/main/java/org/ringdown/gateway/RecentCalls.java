package org.ringdown.gateway;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.session.CallRecord;

/** The last calls that are over, for the operator. Safe from any thread. */
final class RecentCalls {
  private static final int KEPT = 256;

  private final EvictingQueue<CallRecord> records = EvictingQueue.create(KEPT);
  private long total;

  synchronized void add(CallRecord record) {
    records.add(record);
    total++;
  }

  /** How many there have been since the start. */
  synchronized long total() {
    return total;
  }

  /** The newest last. */
  synchronized ImmutableList<ImmutableMap<String, Object>> views() {
    return records.stream().map(RecentCalls::view).collect(ImmutableList.toImmutableList());
  }

  private static ImmutableMap<String, Object> view(CallRecord record) {
    return ImmutableMap.<String, Object>builder()
        .put("call", record.facts().id().value())
        .put("from", record.facts().from().uri())
        .put("to", record.facts().to())
        .put("began", record.began().toString())
        .put("connected", text(record.connected()))
        .put("ended", record.ended().toString())
        .put("talkedMs", record.talked().toMillis())
        .put("reason", record.reason().kind().name())
        .put("by", record.reason().by().name())
        .put("status", record.reason().status())
        .put("text", record.reason().text())
        .put("verdicts", record.verdicts())
        .buildOrThrow();
  }

  private static String text(@Nullable Instant instant) {
    return instant == null ? "" : instant.toString();
  }
}
