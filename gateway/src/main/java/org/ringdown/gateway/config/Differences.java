package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which settings two configurations have otherwise. Not thread-safe: one comparison's own. */
public final class Differences {
  private static final ImmutableSet<Class<?>> SECTIONS =
      ImmutableSet.of(
          GatewayConfig.class, SipSettings.class, WebSettings.class, MediaSettings.class);

  private final ImmutableSortedSet.Builder<String> paths = ImmutableSortedSet.naturalOrder();

  private Differences() {}

  /**
   * The paths of the settings that differ, such as {@code sip.realm}, {@code users.alice} or {@code
   * routes}, in alphabetical order.
   */
  public static ImmutableSet<String> between(GatewayConfig before, GatewayConfig after) {
    Differences found = new Differences();
    found.compare("", before, after);
    return found.paths.build();
  }

  private void compare(String path, @Nullable Object before, @Nullable Object after) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before instanceof Record left
        && after instanceof Record right
        && left.getClass() == right.getClass()
        && isSection(left.getClass())) {
      compareComponents(path, left, right);
    } else if (before instanceof Map<?, ?> left && after instanceof Map<?, ?> right) {
      for (Object key : Sets.union(left.keySet(), right.keySet())) {
        if (!Objects.equals(left.get(key), right.get(key))) {
          paths.add(within(path, key.toString()));
        }
      }
    } else {
      paths.add(path);
    }
  }

  /** The configuration and the records within it are sections, all other records are values. */
  private static boolean isSection(Class<?> type) {
    return SECTIONS.contains(type) || SECTIONS.contains(type.getEnclosingClass());
  }

  private void compareComponents(String path, Object before, Object after) {
    for (RecordComponent component : before.getClass().getRecordComponents()) {
      compare(within(path, component.getName()), value(component, before), value(component, after));
    }
  }

  private static @Nullable Object value(RecordComponent component, Object section) {
    try {
      return component.getAccessor().invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a section of the configuration cannot be read", e);
    }
  }

  private static String within(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
