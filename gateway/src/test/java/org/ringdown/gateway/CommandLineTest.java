package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
  @Test
  void withoutArgumentsTheDefaultsHold() throws Exception {
    CommandLine command = CommandLine.parse();
    assertThat(command.config()).isEmpty();
    assertThat(command.check() || command.help() || command.version()).isFalse();
  }

  @Test
  void eachArgumentIsUnderstood() throws Exception {
    assertThat(CommandLine.parse("--config", "a.yaml").config()).contains(Path.of("a.yaml"));
    assertThat(CommandLine.parse("--check").check()).isTrue();
    assertThat(CommandLine.parse("-h").help()).isTrue();
    assertThat(CommandLine.parse("--version").version()).isTrue();
    assertThat(CommandLine.parse("--route", "trunk pbx", "100").route())
        .contains(new RouteQuestion("trunk pbx", "100"));
  }

  @Test
  void whatCannotBeUnderstoodIsNamed() {
    assertThatThrownBy(() -> CommandLine.parse("--conf", "a.yaml")).hasMessageContaining("--conf");
    assertThatThrownBy(() -> CommandLine.parse("--route", "alice"))
        .hasMessageContaining("what is dialled");
    assertThatThrownBy(() -> CommandLine.parse("--config")).hasMessageContaining("name of a file");
  }
}
