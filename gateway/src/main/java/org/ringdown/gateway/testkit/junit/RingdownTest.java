package org.ringdown.gateway.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class with a gateway of its own, started before the first test and closed after the last.
 * Test methods may have parameters of these types:
 *
 * <ul>
 *   <li>{@link ScriptedPhone}, {@link ScriptedPage}: signed in before the test, gone after it. The
 *       parameter's name is the actor's and its user's; so compile with {@code -parameters}.
 *   <li>{@link org.ringdown.gateway.testkit.run.TestedGateway}: the gateway.
 * </ul>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RingdownExtension.class)
public @interface RingdownTest {
  /** Settings as in conf/gateway.yaml; what they leave out is as tests want it. */
  String settings() default "";

  /** What time limits are multiplied by, for slow machines. */
  int patience() default 3;
}
