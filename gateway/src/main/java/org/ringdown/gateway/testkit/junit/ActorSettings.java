package org.ringdown.gateway.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Settings of a scripted actor, as call scripts have them: {@code "transport=tcp"}. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface ActorSettings {
  /** Each {@code name=value}. */
  String[] value();
}
