package org.ringdown.gateway.bridge;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.Instant;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.ringdown.gateway.routing.registrar.RegistrationResult;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;

/**
 * The registrar's front (RFC 3261 section 10.3): who proved to be somebody may register that
 * somebody's phones, and nobody else's. Safe from any thread.
 */
final class Registrations {
  private final Registrar registrar;
  private final Clock clock;

  Registrations(Registrar registrar, Clock clock) {
    this.registrar = registrar;
    this.clock = clock;
  }

  void register(RegisterRequest request) {
    if (!(request.authentication() instanceof Authentication.Verified sender)) {
      request.challenge();
    } else if (!sender.user().equals(request.user())) {
      String text = "A phone may be registered only by the user it belongs to.";
      request.refuse(new SipStatus(403, "Forbidden", 0, text), null);
    } else {
      Instant now = clock.instant();
      answer(request, registrar.apply(update(request), now), now);
    }
  }

  private static RegistrationUpdate update(RegisterRequest request) {
    return new RegistrationUpdate(
        new AddressOfRecord(request.user()),
        new Binding.Flow(request.source(), request.transport().name()),
        request.callId(),
        request.cseq(),
        request.userAgent(),
        change(request));
  }

  private static RegistrationUpdate.Change change(RegisterRequest request) {
    if (request.removesAll()) {
      return new RegistrationUpdate.Change.RemoveAll();
    }
    return new RegistrationUpdate.Change.Update(
        request.contacts().stream()
            .map(
                contact ->
                    new RegistrationUpdate.Contact(
                        contact.uri(), contact.expires(), contact.q(), contact.instance()))
            .collect(toImmutableList()));
  }

  private static void answer(RegisterRequest request, RegistrationResult result, Instant now) {
    if (result instanceof RegistrationResult.Accepted accepted) {
      request.accept(contacts(accepted.bindings(), now));
    } else if (result instanceof RegistrationResult.TooBrief brief) {
      String text = "Ask for at least " + brief.minExpires().toSeconds() + " seconds.";
      request.refuse(new SipStatus(423, "Interval Too Brief", 0, text), brief.minExpires());
    } else if (result instanceof RegistrationResult.OutOfOrder) {
      String text = "A later registration of this phone has been seen already.";
      request.refuse(new SipStatus(500, "Server Internal Error", 0, text), null);
    } else if (result instanceof RegistrationResult.TooManyContacts many) {
      String text = "A user may have at most " + many.maxContacts() + " phones.";
      request.refuse(new SipStatus(403, "Forbidden", 0, text), null);
    } else {
      throw new AssertionError(result);
    }
  }

  private static ImmutableList<RegisterRequest.Contact> contacts(
      ImmutableList<Binding> bindings, Instant now) {
    return bindings.stream()
        .map(
            binding ->
                new RegisterRequest.Contact(
                    binding.contact(), binding.remaining(now), binding.q(), binding.instance()))
        .collect(toImmutableList());
  }
}
