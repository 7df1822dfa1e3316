package org.ringdown.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringdown.gateway.call.CallCommand.Alert;
import org.ringdown.gateway.call.CallCommand.Answer;
import org.ringdown.gateway.call.CallCommand.AnswerOffer;
import org.ringdown.gateway.call.CallCommand.End;
import org.ringdown.gateway.call.CallCommand.EndTarget;
import org.ringdown.gateway.call.CallCommand.Finish;
import org.ringdown.gateway.call.CallCommand.GiveUp;
import org.ringdown.gateway.call.CallCommand.JoinMedia;
import org.ringdown.gateway.call.CallCommand.Offer;
import org.ringdown.gateway.call.CallCommand.OfferTarget;
import org.ringdown.gateway.call.CallCommand.Progress;
import org.ringdown.gateway.call.CallCommand.ReleaseMedia;
import org.ringdown.gateway.call.CallCommand.Replace;
import org.ringdown.gateway.call.CallCommand.TransferFailed;
import org.ringdown.gateway.call.CallCommand.UpdateMedia;
import org.ringdown.gateway.call.CallEvent.Alerted;
import org.ringdown.gateway.call.CallEvent.Answered;
import org.ringdown.gateway.call.CallEvent.Attempted;
import org.ringdown.gateway.call.CallEvent.Begun;
import org.ringdown.gateway.call.CallEvent.Confirmed;
import org.ringdown.gateway.call.CallEvent.Ended;
import org.ringdown.gateway.call.CallEvent.Failed;
import org.ringdown.gateway.call.CallEvent.PickedUp;
import org.ringdown.gateway.call.CallEvent.Progressed;
import org.ringdown.gateway.call.CallEvent.Reoffered;
import org.ringdown.gateway.call.CallEvent.Surrendered;
import org.ringdown.gateway.call.CallEvent.TargetAnswered;
import org.ringdown.gateway.call.CallEvent.TargetAttempted;
import org.ringdown.gateway.call.CallEvent.TargetEnded;
import org.ringdown.gateway.call.CallEvent.Ticked;
import org.ringdown.gateway.call.CallEvent.TransferBegun;
import org.ringdown.gateway.call.CallEvent.TransferredAway;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;

final class CallTest {
  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  static final CallTimers TIMERS =
      new CallTimers(
          Duration.ofSeconds(35),
          Duration.ofSeconds(60),
          Duration.ofSeconds(40),
          Duration.ofHours(12));
  private static final LegSdp EARLY = new LegSdp("b1", "early");
  private static final LegSdp SDP = new LegSdp("b1", "answer");
  private static final EndReason HANGUP = EndReason.of(Kind.HANGUP, By.CALLER);
  private static final EndReason CANCELLED = EndReason.of(Kind.CANCELLED, By.CALLER);
  private static final EndReason DECLINED = EndReason.of(Kind.DECLINED, By.CALLEE);
  private static final EndReason REFUSAL = EndReason.of(Kind.HANGUP, By.CALLEE);
  private static final EndReason BUSY = EndReason.of(Kind.BUSY, By.CALLEE);
  private static final EndReason FAILURE = EndReason.byGateway(Kind.INTERNAL_ERROR, "");

  /** The state table: the events that lead to a state, one more event, what is to be done. */
  static Stream<Arguments> rows() {
    List<CallEvent> trying = List.of(new Begun());
    List<CallEvent> ringing = List.of(new Begun(), new Alerted());
    List<CallEvent> early = List.of(new Begun(), new Progressed(EARLY));
    List<CallEvent> answered = List.of(new Begun(), new Alerted(), new Answered(SDP));
    List<CallEvent> connected =
        List.of(new Begun(), new Alerted(), new Answered(SDP), new Confirmed());
    return Stream.of(
        row(List.of(), new Begun(), CallState.TRYING, new Offer()),
        row(List.of(), new Alerted(), CallState.TRYING),
        row(List.of(), new Answered(SDP), CallState.TRYING),
        row(List.of(), new Progressed(EARLY), CallState.TRYING),
        row(List.of(), new Ended(Side.CALLEE, BUSY), CallState.TRYING),
        row(List.of(), new Ended(Side.CALLER, HANGUP), CallState.ENDED, over(CANCELLED)),
        row(
            List.of(),
            new Failed(FAILURE),
            CallState.ENDED,
            over(FAILURE, new End(Side.CALLER, FAILURE))),
        row(trying, new Begun(), CallState.TRYING),
        row(List.of(), new Attempted(null), CallState.TRYING),
        row(trying, new Attempted(null), CallState.TRYING),
        row(answered, new Attempted(null), CallState.ANSWERED),
        row(trying, new Alerted(), CallState.RINGING, new Alert()),
        row(trying, new Confirmed(), CallState.TRYING),
        row(
            trying,
            new Reoffered(Side.CALLER, SDP),
            CallState.TRYING,
            new CallCommand.ReplaceOffer(SDP)),
        row(trying, new Reoffered(Side.CALLEE, SDP), CallState.TRYING),
        row(trying, new Progressed(EARLY), CallState.EARLY, new JoinMedia(EARLY), new Progress()),
        row(trying, new Answered(SDP), CallState.ANSWERED, new JoinMedia(SDP), new Answer()),
        row(List.of(), new PickedUp(), CallState.TRYING),
        row(ringing, new PickedUp(), CallState.ANSWERED, new Answer()),
        row(early, new PickedUp(), CallState.ANSWERED, new Answer()),
        row(answered, new PickedUp(), CallState.ANSWERED),
        row(
            trying,
            new Ended(Side.CALLEE, BUSY),
            CallState.ENDED,
            over(BUSY, new End(Side.CALLER, BUSY))),
        row(ringing, new Alerted(), CallState.RINGING),
        row(ringing, new Progressed(EARLY), CallState.EARLY, new JoinMedia(EARLY), new Progress()),
        row(ringing, new Answered(SDP), CallState.ANSWERED, new JoinMedia(SDP), new Answer()),
        row(
            ringing,
            new Ended(Side.CALLER, HANGUP),
            CallState.ENDED,
            over(CANCELLED, new End(Side.CALLEE, CANCELLED))),
        row(
            ringing,
            new Ended(Side.CALLEE, REFUSAL),
            CallState.ENDED,
            over(DECLINED, new End(Side.CALLER, DECLINED))),
        row(early, new Alerted(), CallState.EARLY, new Alert()),
        row(early, new Progressed(SDP), CallState.EARLY, new UpdateMedia(SDP)),
        row(early, new Answered(SDP), CallState.ANSWERED, new UpdateMedia(SDP), new Answer()),
        row(
            early,
            new Failed(FAILURE),
            CallState.ENDED,
            over(FAILURE, new End(Side.CALLER, FAILURE), new End(Side.CALLEE, FAILURE))),
        row(answered, new Alerted(), CallState.ANSWERED),
        row(answered, new Progressed(EARLY), CallState.ANSWERED),
        row(
            early,
            new Reoffered(Side.CALLER, SDP),
            CallState.EARLY,
            new AnswerOffer(Side.CALLER, SDP)),
        row(answered, new Answered(SDP), CallState.ANSWERED),
        row(answered, new Confirmed(), CallState.CONNECTED),
        row(
            answered,
            new Reoffered(Side.CALLEE, SDP),
            CallState.ANSWERED,
            new AnswerOffer(Side.CALLEE, SDP)),
        row(
            answered,
            new Ended(Side.CALLEE, BUSY),
            CallState.ENDED,
            over(BUSY, new End(Side.CALLER, BUSY))),
        row(connected, new Confirmed(), CallState.CONNECTED),
        row(
            connected,
            new Reoffered(Side.CALLER, SDP),
            CallState.CONNECTED,
            new AnswerOffer(Side.CALLER, SDP)),
        row(
            connected,
            new Ended(Side.CALLER, HANGUP),
            CallState.ENDED,
            over(HANGUP, new End(Side.CALLEE, HANGUP))),
        row(connected, new Ticked(), CallState.CONNECTED));
  }

  /** The same for an answered call that a side wants to transfer. */
  static Stream<Arguments> transferRows() {
    List<CallEvent> ringing = List.of(new Begun(), new Alerted());
    List<CallEvent> connected = List.of(new Begun(), new Answered(SDP), new Confirmed());
    TransferBegun begun = new TransferBegun(Side.CALLEE);
    List<CallEvent> pending = with(connected, begun);
    List<CallEvent> alone = with(pending, new Ended(Side.CALLEE, HANGUP));
    EndReason gone = EndReason.of(Kind.TRANSFERRED, By.CALLEE);
    EndReason moved = EndReason.of(Kind.TRANSFERRED, By.CALLER);
    return Stream.of(
        row(ringing, begun, CallState.RINGING),
        row(connected, begun, CallState.CONNECTED, new OfferTarget()),
        row(connected, new TargetAnswered(), CallState.CONNECTED),
        row(connected, new TargetEnded(BUSY), CallState.CONNECTED),
        row(pending, new TransferBegun(Side.CALLER), CallState.CONNECTED),
        row(pending, new Surrendered(Side.CALLER), CallState.CONNECTED),
        row(pending, new Ended(Side.CALLEE, HANGUP), CallState.CONNECTED),
        row(pending, new TargetAttempted(null), CallState.CONNECTED),
        row(pending, new TargetEnded(BUSY), CallState.CONNECTED, new TransferFailed(BUSY)),
        row(
            pending,
            new TargetAnswered(),
            CallState.CONNECTED,
            new End(Side.CALLEE, gone),
            new Replace(Side.CALLEE)),
        row(
            pending,
            new Ended(Side.CALLER, HANGUP),
            CallState.ENDED,
            over(
                HANGUP,
                new EndTarget(HANGUP),
                new TransferFailed(HANGUP),
                new End(Side.CALLEE, HANGUP))),
        row(connected, new TransferredAway(), CallState.CONNECTED),
        row(
            pending,
            new TransferredAway(),
            CallState.ENDED,
            over(gone, new End(Side.CALLER, gone), new End(Side.CALLEE, gone))),
        row(alone, new TransferredAway(), CallState.ENDED, over(gone, new End(Side.CALLER, gone))),
        row(alone, new TargetAnswered(), CallState.CONNECTED, new Replace(Side.CALLEE)),
        row(alone, new TargetEnded(BUSY), CallState.ENDED, over(BUSY, new End(Side.CALLER, BUSY))),
        row(
            connected,
            new Surrendered(Side.CALLEE),
            CallState.ENDED,
            over(moved, new End(Side.CALLER, moved))));
  }

  private static List<CallEvent> with(List<CallEvent> before, CallEvent event) {
    return ImmutableList.<CallEvent>builder().addAll(before).add(event).build();
  }

  @ParameterizedTest
  @MethodSource({"rows", "transferRows"})
  void eachStateAnswersEachEventAsTheTableSays(
      List<CallEvent> before, CallEvent event, CallState state, List<CallCommand> commands) {
    Call call = after(before);
    assertThat(call.handle(event, T0)).isEqualTo(commands);
    assertThat(call.state()).isEqualTo(state);
  }

  @Test
  void theDeadlineOfEachStateEndsTheCallWithItsOwnReason() {
    assertThat(endByDeadline(List.of(new Begun()))).isEqualTo(Kind.TIMEOUT);
    assertThat(endByDeadline(List.of(new Begun(), new Alerted()))).isEqualTo(Kind.NO_ANSWER);
    assertThat(endByDeadline(List.of(new Begun(), new Answered(SDP)))).isEqualTo(Kind.TIMEOUT);
    assertThat(endByDeadline(List.of(new Begun(), new Answered(SDP), new Confirmed())))
        .isEqualTo(Kind.HANGUP);
  }

  @Test
  void theDeadlineGivesUpThoseWhoAreCalledAndTheNextHaveTheirOwn() {
    Call call = after(List.of(new Begun(), new Attempted(Duration.ofSeconds(20))));
    call.handle(new Alerted(), T0.plusSeconds(5));
    assertThat(call.deadline()).contains(T0.plusSeconds(20));
    assertThat(call.handle(new Ticked(), T0.plusSeconds(20)))
        .containsExactly(new GiveUp(EndReason.byGateway(Kind.NO_ANSWER, "")));
    assertThat(call.state()).isEqualTo(CallState.RINGING);
    call.handle(new Attempted(null), T0.plusSeconds(20));
    assertThat(call.deadline()).contains(T0.plusSeconds(55));
    call.handle(new Ticked(), T0.plusSeconds(55));
    assertThat(call.deadline()).contains(T0.plusSeconds(90));
    call.handle(new Ticked(), T0.plusSeconds(90));
    assertThat(call.endReason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void aTickBeforeTheDeadlineChangesNothing() {
    Call call = after(List.of(new Begun(), new Alerted()));
    assertThat(call.handle(new Ticked(), call.deadline().orElseThrow().minusMillis(1))).isEmpty();
    assertThat(call.state()).isEqualTo(CallState.RINGING);
  }

  @Test
  void anEndedCallIgnoresEverythingAndHasNoDeadline() {
    Call call = after(List.of(new Begun(), new Ended(Side.CALLER, HANGUP)));
    assertThat(call.handle(new Answered(SDP), T0)).isEmpty();
    assertThat(call.handle(new Failed(FAILURE), T0)).isEmpty();
    assertThat(call.deadline()).isEmpty();
    assertThat(call.endReason()).contains(CANCELLED);
  }

  @Test
  void theHistoryKeepsEachTransitionInOrder() {
    Call call = after(List.of(new Begun(), new Alerted(), new Answered(SDP), new Confirmed()));
    assertThat(call.history())
        .extracting(Transition::to)
        .containsExactly(CallState.RINGING, CallState.ANSWERED, CallState.CONNECTED);
  }

  @Test
  void theTableHasARowForEveryEvent() {
    assertThat(
            Stream.concat(rows(), transferRows())
                .map(row -> row.get()[1].getClass().getSimpleName()))
        .containsAll(
            Arrays.stream(CallEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  private static Kind endByDeadline(List<CallEvent> before) {
    Call call = after(before);
    call.handle(new Ticked(), call.deadline().orElseThrow());
    assertThat(call.state()).isEqualTo(CallState.ENDED);
    return call.endReason().orElseThrow().kind();
  }

  private static Call after(List<CallEvent> events) {
    Call call = new Call(TIMERS, T0);
    events.forEach(event -> call.handle(event, T0));
    return call;
  }

  private static Arguments row(
      List<CallEvent> before, CallEvent event, CallState state, CallCommand... commands) {
    return arguments(before, event, state, List.of(commands));
  }

  private static CallCommand[] over(EndReason reason, CallCommand... ends) {
    return ImmutableList.<CallCommand>builder()
        .addAll(Arrays.asList(ends))
        .add(new ReleaseMedia(), new Finish(reason))
        .build()
        .toArray(new CallCommand[0]);
  }
}
