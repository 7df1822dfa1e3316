package org.ringdown.gateway.routing;

/** What an extension of the gateway itself does with a call. */
public enum ExtensionKind {
  /** Sends back what it hears. */
  ECHO,
  /** Plays a steady tone. */
  TONE
}
