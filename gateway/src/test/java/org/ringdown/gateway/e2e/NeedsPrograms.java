package org.ringdown.gateway.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The programs a test class runs. Where one of them is not installed its tests are skipped, or,
 * with {@code -Dringdown.e2e.programs=required}, fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InstalledPrograms.class)
@interface NeedsPrograms {
  String[] value();
}
