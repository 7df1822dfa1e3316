package org.ringdown.gateway.testkit.sip;

import com.google.common.collect.ImmutableList;
import org.ringdown.gateway.testkit.sound.Voice;

/**
 * Who a phone is.
 *
 * @param name the actor's
 * @param user the user part of its address
 * @param password to answer challenges with; empty to leave them unanswered
 * @param display the name it shows
 * @param tcp whether it speaks TCP; UDP otherwise
 */
public record Profile(
    String name,
    String user,
    String password,
    String display,
    boolean tcp,
    ImmutableList<Voice> voices) {
  @Override
  public String toString() {
    return "Profile[" + name + "]";
  }
}
