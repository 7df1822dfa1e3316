package org.ringdown.gateway.bridge.leg;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.LegRef;

/**
 * Who sits where: a party and the place of its leg in a call. A transfer moves a leg to another
 * place; what it did before and nobody has heard yet is heard there. Safe from any thread.
 */
public final class Seat {
  private final Party party;
  private volatile Place place;

  /** A party in this place. */
  public Seat(Party party, Place place) {
    this.party = party;
    this.place = place;
  }

  /** The seat of a caller whose call has not begun: nobody hears it. */
  public static Seat ofCaller(Party party, LegRef media) {
    LegListener nobody = new LegListener() {};
    return new Seat(party, new Place(Runnable::run, nobody, Side.CALLER, media));
  }

  /**
   * A place in a call.
   *
   * @param call runs what concerns the call, one task after the other
   * @param listener hears what the leg does, on that executor
   * @param side which side of the call it is
   * @param media the leg's name in the call's media
   */
  public record Place(Executor call, LegListener listener, Side side, LegRef media) {}

  /** Who sits here. */
  public Party party() {
    return party;
  }

  /** Where the leg sits now. */
  public Place place() {
    return place;
  }

  /** The leg's name in the media of its call. */
  public LegRef media() {
    return place.media();
  }

  /** The side, as the one who did something. */
  public By by() {
    return By.of(place.side());
  }

  /** The leg comes to a call by itself, which gives it a name; nobody hears it there yet. */
  public void rename(String name, Executor call, Side side) {
    move(new Place(call, new LegListener() {}, side, media().named(name)));
  }

  /** From now on the leg sits there. */
  public void move(Place next) {
    place = next;
  }

  /**
   * The leg goes to another call.
   *
   * @param next nobody hears it there yet
   * @param arrival takes it in there, before anything that the leg does from now on is heard
   */
  synchronized void leave(Place next, Runnable arrival) {
    place = next;
    next.call().execute(arrival);
  }

  /** Lets the call hear something, wherever the leg sits by then. */
  public synchronized void tell(Consumer<LegListener> event) {
    Place now = place;
    now.call()
        .execute(
            () -> {
              if (place.call() == now.call()) {
                event.accept(place.listener());
              } else {
                tell(event);
              }
            });
  }
}
