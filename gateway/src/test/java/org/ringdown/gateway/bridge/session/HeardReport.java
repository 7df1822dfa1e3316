package org.ringdown.gateway.bridge.session;

import java.util.List;
import org.ringdown.gateway.bridge.leg.TransferReport;
import org.ringdown.gateway.call.EndReason;

/** Writes down what a transferor is told. */
record HeardReport(List<String> heard) implements TransferReport {
  @Override
  public void accepted() {
    heard.add("accepted");
  }

  @Override
  public void alerted() {
    heard.add("alerted");
  }

  @Override
  public void done() {
    heard.add("done");
  }

  @Override
  public void failed(EndReason reason) {
    heard.add("failed " + reason.kind());
  }
}
