package org.ringdown.gateway.routing;

/** Why a {@link Router} leads nowhere. */
public enum RouteRefusal {
  /** Nobody has this name or number, or what was dialled is no address. */
  NOT_FOUND,
  /** The caller may not call this. */
  FORBIDDEN
}
