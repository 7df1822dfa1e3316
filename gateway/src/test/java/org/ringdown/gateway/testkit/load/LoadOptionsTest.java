package org.ringdown.gateway.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.testkit.load.media.MediaMode;
import org.ringdown.gateway.testkit.load.traffic.Direction;
import org.ringdown.gateway.testkit.load.traffic.Target;

class LoadOptionsTest {
  private static LoadOptions parse(String line) throws UsageException {
    return LoadOptions.parse(words(line)).orElseThrow();
  }

  private static String[] words(String line) {
    return Splitter.on(' ').omitEmptyStrings().splitToList(line).toArray(new String[0]);
  }

  @Test
  void withoutOptionsAGatewayIsStartedAndGetsAFewCallsBothWays() throws UsageException {
    LoadOptions options = parse("");

    assertThat(options.where().own()).isTrue();
    assertThat(options.load().callsPerSecond()).isEqualTo(5);
    assertThat(options.load().lasts()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.load().hold()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.load().directions()).containsExactly(Direction.values());
    assertThat(options.media()).isEqualTo(MediaMode.SOUND);
    assertThat(options.limits().successPercent()).isEqualTo(99.5);
    assertThat(options.limits().growthPercent()).isEmpty();
    assertThat(options.search()).isEmpty();
  }

  @Test
  void concurrentCallsStayUpUnlessSaidOtherwise() throws UsageException {
    assertThat(parse("--concurrent 100").load().hold()).isNull();
    assertThat(parse("--concurrent 100 --hold 1m").load().hold()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aSoakIsADurationWithALimitOnGrowth() throws UsageException {
    LoadOptions options = parse("--soak 1h --max-memory 1GiB --max-threads 200");

    assertThat(options.load().lasts()).isEqualTo(Duration.ofHours(1));
    assertThat(options.limits().growthPercent()).contains(20.0);
    assertThat(options.limits().memoryKiB()).contains(1L << 20);
    assertThat(options.limits().threads()).contains(200);
    assertThat(parse("--soak 1h --max-growth=5").limits().growthPercent()).contains(5.0);
  }

  @Test
  void aGatewayElsewhereHasUsersOfItsOwn() throws UsageException {
    LoadOptions options =
        parse(
            "--gateway 192.0.2.1 --web wss://192.0.2.1:8443/ws --insecure"
                + " --page-users web:secret:with:colons --phone-users desk:secret --pages 7");

    assertThat(options.where().own()).isFalse();
    assertThat(options.where().web()).contains(URI.create("wss://192.0.2.1:8443/ws"));
    assertThat(options.where().anyCertificate()).isTrue();
    assertThat(options.where().pages().name(6)).isEqualTo("web6");
    assertThat(options.where().pages().password()).isEqualTo("secret:with:colons");
    assertThat(options.where().pages().count()).isEqualTo(7);
  }

  @Test
  void aJanusNeedsAPageForEachCall() throws UsageException {
    assertThat(parse("--janus ws://127.0.0.1:8188/ --rate 100 --hold 1s").where().pages().count())
        .isEqualTo(400);
  }

  @Test
  void anRtpengineRelaysCallsThatStayUp() throws UsageException {
    LoadOptions.Where where = parse("--rtpengine 127.0.0.1:2223 --concurrent 100").where();

    assertThat(where.kind()).isEqualTo(Target.Kind.RTPENGINE);
    assertThat(where.sip()).contains(HostAndPort.fromParts("127.0.0.1", 2223));
    assertThat(where.own()).isFalse();
  }

  @Test
  void severalProcessesShareEverything() throws UsageException {
    LoadOptions options = parse("--workers 3 --rate 30 --concurrent 100 --pages 50");

    assertThat(options.workers()).isEqualTo(3);
    assertThat(options.load().share(0, 3).callsPerSecond()).isEqualTo(10);
    assertThat(
            options.load().share(0, 3).concurrent()
                + options.load().share(1, 3).concurrent()
                + options.load().share(2, 3).concurrent())
        .isEqualTo(100);
    Target.Users pages = options.where().pages();
    assertThat(pages.share(0, 3).name(0)).isEqualTo("page0");
    assertThat(pages.share(1, 3).name(0)).isEqualTo("page" + pages.share(0, 3).count());
    assertThat(pages.share(2, 3).name(pages.share(2, 3).count() - 1)).isEqualTo("page49");
  }

  @Test
  void noShareOfFewConcurrentCallsIsTakenForAnyNumber() throws UsageException {
    assertThat(parse("--concurrent 1").load().share(0, 4).concurrent()).isEqualTo(1);
  }

  @Test
  void theWarmUpHasTheRateOfTheLoadOrItsOwn() throws UsageException {
    assertThat(parse("--rate 7 --warm-up 20s").warmUp())
        .isEqualTo(new LoadOptions.WarmUp(Duration.ofSeconds(20), 7));
    assertThat(parse("--rate 7 --warm-up 20s --warm-up-rate 40").warmUp().callsPerSecond())
        .isEqualTo(40);
  }

  @Test
  void helpIsNoRun() throws UsageException {
    assertThat(LoadOptions.parse("--help")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rat 5|unknown argument: --rat",
        "--rate 0|--rate 0 leaves nothing to do without --registrations or --sessions",
        "--json nowhere/at/all.json|--json needs a file that can be written, not"
            + " nowhere/at/all.json",
        "--rtpengine 127.0.0.1:2223|--rtpengine needs --concurrent, and calls stay up to the end",
        "--rtpengine 127.0.0.1:2223 --gateway x|--rtpengine goes without --gateway and --web",
        "--rtpengine 127.0.0.1:2223 --janus ws://h/|--janus and --rtpengine do not go together",
        "5|unknown argument: 5",
        "--rate|--rate needs a value",
        "--rate --quiet|--rate needs a value, not --quiet",
        "--quiet=yes|--quiet takes no value",
        "--quiet=yes --rate 5|--quiet takes no value",
        "--rate 5 --rate 6|--rate stands there twice",
        "--rate fast|--rate needs a number from 0 to 20000, not fast",
        "--rate -1|--rate needs a number from 0 to 20000, not -1",
        "--rate 30000|--rate needs a number from 0 to 20000, not 30000",
        "--concurrent 0|--concurrent needs a number from 1 to 100000, not 0",
        "--duration 10|--duration needs a time with its unit, such as 30s or 5m, not 10",
        "--max-memory 600|--max-memory needs a size with its unit, such as 600MiB, not 600",
        "--media loud|--media needs one of none, setup, sound, not loud",
        "--direction up|--direction needs one of both, phone-to-page, page-to-phone, not up",
        "--duration 5s --soak 5m|--soak says how long already: leave --duration out",
        "--find-rate --soak 5m|--soak and --find-rate do not go together",
        "--find-rate --rate 0|--find-rate begins at --rate, which cannot be 0",
        "--web ws://a/ws|--web goes with --gateway",
        "--janus ws://a/ --gateway b|--janus goes without --gateway and --web",
        "--janus http://a/|--janus needs a URL such as ws://HOST:8080/ws, not http://a/",
        "--gateway b|--gateway needs --page-users and --phone-users: who may sign in there",
        "--gateway a:x --page-users a:b --phone-users a:b|--gateway needs HOST or HOST:PORT, not"
            + " a:x",
        "--gateway b --page-users a --phone-users a:b|--page-users needs PREFIX:PASSWORD, not a",
        "--pid 1|--pid, --page-users and --phone-users go with --gateway",
        "--workers 30|each of --workers needs one of --pages and of --phones",
        "--min-success 101|--min-success needs a number from 0 to 100, not 101"
      })
  void aMistakeIsNamed(String line, String message) {
    assertThatThrownBy(() -> LoadOptions.parse(words(line)))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }
}
