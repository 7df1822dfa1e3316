package org.ringdown.gateway.routing.registrar;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multimaps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.address.SipUri;
import org.ringdown.gateway.routing.registrar.RegistrationResult.Accepted;
import org.ringdown.gateway.routing.registrar.RegistrationResult.OutOfOrder;
import org.ringdown.gateway.routing.registrar.RegistrationResult.TooBrief;
import org.ringdown.gateway.routing.registrar.RegistrationResult.TooManyContacts;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate.Change;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate.Contact;

/**
 * Which phone is where: keeps the bindings of every user (RFC 3261 section 10.3, steps 6 to 8). A
 * request is carried out whole or not at all. Who may register whom is settled before.
 *
 * <p>Safe from any thread: each user's bindings are one immutable list, replaced at once.
 */
public final class Registrar {
  private final ConcurrentMap<AddressOfRecord, ImmutableList<Binding>> bindings =
      new ConcurrentHashMap<>();
  private volatile RegistrarLimits limits;
  private volatile Runnable changed = () -> {};

  /** A registrar without bindings. */
  public Registrar(RegistrarLimits limits) {
    this.limits = limits;
  }

  /** Lets other limits hold for what comes from now on. */
  public void limit(RegistrarLimits others) {
    limits = others;
  }

  /**
   * Wants to hear of every change but those that time alone brings about: on the thread that made
   * it, after it was made; must not block.
   */
  public void whenChanged(Runnable listener) {
    changed = listener;
  }

  /** Forgets all bindings of a user who is no more. */
  public void forget(AddressOfRecord user) {
    if (bindings.remove(user) != null) {
      changed.run();
    }
  }

  /** Forgets one binding, unless it has been refreshed since; whether it was still there. */
  public boolean remove(Binding gone) {
    AddressOfRecord user = gone.addressOfRecord();
    while (true) {
      ImmutableList<Binding> before = stored(user);
      ImmutableList<Binding> after =
          before.stream()
              .filter(binding -> !binding.equals(gone))
              .collect(ImmutableList.toImmutableList());
      if (after.size() == before.size()) {
        return false;
      }
      if (replace(user, before, after)) {
        changed.run();
        return true;
      }
    }
  }

  /**
   * Takes up the bindings of an earlier time, those that still hold; to be called before the first
   * {@link #apply}.
   */
  public void restore(Collection<Binding> earlier, Instant now) {
    Multimaps.index(holding(earlier, now), Binding::addressOfRecord)
        .asMap()
        .forEach((user, kept) -> bindings.put(user, ImmutableList.copyOf(kept)));
  }

  /** Carries out a REGISTER that arrived at the time {@code now}. */
  public RegistrationResult apply(RegistrationUpdate update, Instant now) {
    while (true) {
      ImmutableList<Binding> before = stored(update.addressOfRecord());
      RegistrationResult result = decide(before, update, now);
      if (!(result instanceof Accepted accepted) || accepted.bindings().equals(before)) {
        return result;
      }
      if (replace(update.addressOfRecord(), before, accepted.bindings())) {
        changed.run();
        return result;
      }
    }
  }

  /** The bindings of a user that hold, the most preferred first, equals in the order they came. */
  public ImmutableList<Binding> lookup(AddressOfRecord addressOfRecord, Instant now) {
    return stored(addressOfRecord).stream()
        .filter(binding -> binding.holdsAt(now))
        .sorted(Comparator.comparing(Binding::q).reversed())
        .collect(ImmutableList.toImmutableList());
  }

  /** Every binding that holds, of all users; users in no particular order. */
  public ImmutableList<Binding> all(Instant now) {
    return bindings.keySet().stream()
        .flatMap(user -> lookup(user, now).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** Forgets the bindings that do not hold any more, to save memory; the result is those. */
  public ImmutableList<Binding> purge(Instant now) {
    return bindings.keySet().stream()
        .flatMap(user -> purge(user, now))
        .collect(ImmutableList.toImmutableList());
  }

  private Stream<Binding> purge(AddressOfRecord user, Instant now) {
    while (true) {
      ImmutableList<Binding> before = stored(user);
      if (replace(user, before, holding(before, now))) {
        return before.stream().filter(binding -> !binding.holdsAt(now));
      }
    }
  }

  private RegistrationResult decide(
      ImmutableList<Binding> before, RegistrationUpdate update, Instant now) {
    ImmutableList<Binding> current = holding(before, now);
    if (update.change() instanceof Change.Update change) {
      return applyContacts(current, update, change.contacts(), now);
    }
    boolean late = current.stream().anyMatch(binding -> isLate(update, binding));
    return late ? new OutOfOrder() : new Accepted(ImmutableList.of());
  }

  private RegistrationResult applyContacts(
      ImmutableList<Binding> current,
      RegistrationUpdate update,
      ImmutableList<Contact> contacts,
      Instant now) {
    if (contacts.stream().anyMatch(this::isTooBrief)) {
      return new TooBrief(limits.minExpires());
    }
    List<Binding> changed = new ArrayList<>(current);
    for (Contact contact : contacts) {
      if (find(current, contact).filter(binding -> isLate(update, binding)).isPresent()) {
        return new OutOfOrder();
      }
      put(changed, contact, update, now);
    }
    return changed.size() > limits.maxContacts()
        ? new TooManyContacts(limits.maxContacts())
        : new Accepted(ImmutableList.copyOf(changed));
  }

  /**
   * Adds, refreshes or removes one contact; a refreshed one keeps its place. So does one of a phone
   * that was elsewhere before, perhaps because it was started anew.
   */
  private void put(
      List<Binding> bindings, Contact contact, RegistrationUpdate update, Instant now) {
    Duration expires = granted(contact);
    if (expires.isZero()) {
      find(bindings, contact).ifPresent(bindings::remove);
      return;
    }
    Optional<Binding> known =
        bindings.stream().filter(binding -> isOf(binding, contact)).findFirst();
    int place = known.map(bindings::indexOf).orElse(bindings.size());
    bindings.removeIf(binding -> isOf(binding, contact));
    bindings.add(place, bind(contact, update, now.plus(expires)));
  }

  /** Whether a binding is of the same phone. */
  private static boolean isOf(Binding binding, Contact contact) {
    return sameContact(binding.contact(), contact.uri())
        || (!contact.instance().isEmpty() && contact.instance().equals(binding.instance()));
  }

  private static Binding bind(Contact contact, RegistrationUpdate update, Instant expiry) {
    return new Binding(
        update.addressOfRecord(),
        contact.uri(),
        update.flow(),
        contact.q(),
        expiry,
        update.callId(),
        update.cseq(),
        update.userAgent(),
        contact.instance());
  }

  private static Optional<Binding> find(List<Binding> bindings, Contact contact) {
    return bindings.stream()
        .filter(binding -> sameContact(binding.contact(), contact.uri()))
        .findFirst();
  }

  private static boolean sameContact(String left, String right) {
    Optional<SipUri> leftUri = SipUri.parse(left);
    Optional<SipUri> rightUri = SipUri.parse(right);
    return leftUri.isPresent() && rightUri.isPresent()
        ? leftUri.get().matches(rightUri.get())
        : left.equals(right);
  }

  private static boolean isLate(RegistrationUpdate update, Binding binding) {
    return update.callId().equals(binding.callId()) && update.cseq() <= binding.cseq();
  }

  private boolean isTooBrief(Contact contact) {
    Duration expires = contact.expires();
    return expires != null && !expires.isZero() && expires.compareTo(limits.minExpires()) < 0;
  }

  private Duration granted(Contact contact) {
    Duration expires = contact.expires();
    if (expires == null) {
      return limits.defaultExpires();
    }
    return expires.compareTo(limits.maxExpires()) > 0 ? limits.maxExpires() : expires;
  }

  private ImmutableList<Binding> stored(AddressOfRecord user) {
    return bindings.getOrDefault(user, ImmutableList.of());
  }

  private static ImmutableList<Binding> holding(Collection<Binding> bindings, Instant now) {
    return bindings.stream()
        .filter(binding -> binding.holdsAt(now))
        .collect(ImmutableList.toImmutableList());
  }

  /** Puts the new list in the old one's place, unless another thread was faster. */
  private boolean replace(
      AddressOfRecord user, ImmutableList<Binding> before, ImmutableList<Binding> after) {
    if (before.isEmpty()) {
      return after.isEmpty() || bindings.putIfAbsent(user, after) == null;
    }
    return after.isEmpty() ? bindings.remove(user, before) : bindings.replace(user, before, after);
  }
}
