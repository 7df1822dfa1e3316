package org.ringdown.sip.tls;

import com.google.common.collect.ImmutableList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How those who connect to us by TLS are met. Safe from any thread.
 *
 * @param own what we show; null: nobody can connect to us, and only we can to others
 * @param trust whose certificates are believed of those we connect to without further ado
 * @param clientAuth whether who connects must show a certificate
 * @param clients whose certificates are believed of those who connect, asked for at each handshake
 */
public record TlsServer(
    @Nullable TlsIdentity own,
    TlsTrust trust,
    ClientAuth clientAuth,
    Supplier<ImmutableList<TlsTrust>> clients) {

  /** Nobody can connect to us; whom we connect to has a certificate of a public authority. */
  public static TlsServer none() {
    return new TlsServer(null, TlsTrust.system(), ClientAuth.NONE, ImmutableList::of);
  }

  /** What who connects must show (RFC 8446 section 4.3.2). */
  public enum ClientAuth {
    /** Nothing is asked for. */
    NONE,
    /** Who shows one can be known by it; one that is not believed counts as none. */
    OPTIONAL,
    /** Without one that is believed there is no connection. */
    REQUIRED
  }
}
