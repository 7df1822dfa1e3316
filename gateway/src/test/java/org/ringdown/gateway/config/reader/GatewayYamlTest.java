package org.ringdown.gateway.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.yaml.ConfigException;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The file {@code conf/gateway.yaml} that everybody starts from. */
class GatewayYamlTest {
  private static final Path FILE = Path.of("..", "conf", "gateway.yaml");

  @TempDir private Path directory = Path.of("");

  @Test
  void itsValuesAreTheDefaults() throws Exception {
    assertThat(ConfigLoader.load(FILE, name -> null)).isEqualTo(GatewayConfig.defaults());
  }

  @Test
  void itNamesEveryKeyThereIs() throws Exception {
    Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE));

    assertThat(keys("", yaml).toList())
        .containsAll(
            components("", GatewayConfig.class).filter(key -> !key.equals("users")).toList());
    assertThat(Files.readString(FILE)).contains("\n#users:\n");
  }

  @Test
  void everyKeyHasACommentBeforeItOrItsSection() throws Exception {
    List<String> lines = Files.readAllLines(FILE);
    for (int index = 1; index < lines.size(); index++) {
      if (lines.get(index).matches(" +[A-Za-z]+: ?[^{ ].*")) {
        assertThat(lines.get(index - 1)).as(lines.get(index)).matches(" *#.*");
      }
    }
  }

  @Test
  void itsExamplesLoadWhenTheyAreUncommented() throws Exception {
    String text = Files.readString(FILE);
    String uncommented =
        text.substring(text.indexOf("\nsip:"))
            .replace("iceServers: []", "iceServers:")
            .replace("trunks: {}", "trunks:")
            .replace("routes: []", "routes:")
            .replaceAll("(?m)^( *)#(?=\\S|  )", "$1 ")
            .replaceAll("(?m)^ (?=users:)", "");

    GatewayConfig config = load(uncommented);

    assertThat(config.users()).containsOnlyKeys("alice", "1001");
    assertThat(config.web().iceServers()).hasSize(1);
    assertThat(config.trunks()).containsOnlyKeys("pbx");
    assertThat(config.routes()).hasSize(3);
  }

  private GatewayConfig load(String yaml) throws IOException, ConfigException {
    return new ConfigText(directory).load(yaml);
  }

  private static Stream<String> keys(String path, @Nullable Object yaml) {
    return yaml instanceof Map<?, ?> section
        ? section.entrySet().stream()
            .flatMap(
                entry ->
                    Stream.concat(
                        Stream.of(path + entry.getKey()),
                        keys(path + entry.getKey() + ".", entry.getValue())))
        : Stream.empty();
  }

  private static Stream<String> components(String path, Class<?> section) {
    return Arrays.stream(section.getRecordComponents())
        .flatMap(
            component ->
                Stream.concat(Stream.of(path + component.getName()), components(path, component)));
  }

  private static Stream<String> components(String path, RecordComponent component) {
    Class<?> type = component.getType();
    boolean section =
        type == MediaPolicy.class
            || type.isRecord() && type.getEnclosingClass() == GatewayConfig.class;
    return section ? components(path + component.getName() + ".", type) : Stream.empty();
  }
}
