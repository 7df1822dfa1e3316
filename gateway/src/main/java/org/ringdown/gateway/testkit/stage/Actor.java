package org.ringdown.gateway.testkit.stage;

import com.google.common.collect.ImmutableMap;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Variables;

/** Somebody who does what a script says. One step at a time, on the thread of the step. */
public interface Actor extends AutoCloseable {
  /** The name in the script. */
  String name();

  /** What scripts can ask of it: {@code user}, {@code port} and the like, without its name. */
  ImmutableMap<String, String> facts();

  /** Takes its place: registers or signs in, unless it is idle. */
  void enter(GatewayAddress gateway) throws StepFailure, InterruptedException;

  /**
   * Does one thing.
   *
   * @throws StepFailure if it does not go as it should
   */
  void perform(Phrase phrase, Options options, Variables variables)
      throws StepFailure, InterruptedException;

  /** Ends its calls and leaves; whatever happened. */
  @Override
  void close();
}
