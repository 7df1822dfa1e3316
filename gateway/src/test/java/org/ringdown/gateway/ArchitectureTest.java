package org.ringdown.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the house. */
final class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.ringdown");

  @Test
  void theWholeHouseIsLookedAt() {
    assertThat(HOUSE.containPackage("org.ringdown.sip")).isTrue();
    assertThat(HOUSE.containPackage("org.ringdown.webrtc")).isTrue();
    assertThat(HOUSE.containPackage("org.ringdown.gateway.call")).isTrue();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.ringdown.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void theSipAdapterKnowsNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage("org.ringdown.sip..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.ringdown.webrtc..", "org.ringdown.gateway..")
        .check(HOUSE);
  }

  @Test
  void theWebRtcAdapterKnowsNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage("org.ringdown.webrtc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.ringdown.sip..", "org.ringdown.gateway..")
        .check(HOUSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.ringdown.sip.auth",
        "org.ringdown.sip.dns",
        "org.ringdown.sip.guard",
        "org.ringdown.sip.rtp",
        "org.ringdown.sip.tls",
        "org.ringdown.sip.wire",
        "org.ringdown.sip.work",
        "org.ringdown.webrtc.ice",
        "org.ringdown.webrtc.dtls",
        "org.ringdown.webrtc.srtp",
        "org.ringdown.webrtc.web",
        "org.ringdown.webrtc.signaling"
      })
  void aLeafImportsNothingElseOfTheHouse(String leaf) {
    noClasses()
        .that()
        .resideInAPackage(leaf)
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are of another package of the house",
                type ->
                    type.getPackageName().startsWith("org.ringdown")
                        && !type.getPackageName().equals(leaf)))
        .check(HOUSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.ringdown.gateway.sdp",
        "org.ringdown.gateway.sdp.line",
        "org.ringdown.gateway.sdp.policy",
        "org.ringdown.gateway.sdp.relay",
        "org.ringdown.gateway.sdp.sdes",
        "org.ringdown.gateway.sdp.stream",
        "org.ringdown.gateway.media.rtp",
        "org.ringdown.gateway.call",
        "org.ringdown.gateway.routing",
        "org.ringdown.gateway.routing.address",
        "org.ringdown.gateway.routing.registrar"
      })
  void aPurePackageImportsOnlyTheLanguage(String pure) {
    classes()
        .that()
        .resideInAPackage(pure)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            pure,
            pure.equals("org.ringdown.gateway.routing") ? "org.ringdown.gateway.call" : pure,
            pure.startsWith("org.ringdown.gateway.routing")
                ? "org.ringdown.gateway.routing.address"
                : pure,
            "org.ringdown.gateway.sdp.policy",
            "org.ringdown.gateway.sdp.sdes",
            pure.startsWith("org.ringdown.gateway.sdp") ? "org.ringdown.gateway.sdp.." : pure,
            "java.lang..",
            "java.io",
            "java.util..",
            "java.time",
            "java.net",
            "java.nio..",
            "com.google.common..",
            "com.google.errorprone..",
            "org.jspecify..")
        .check(HOUSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.ringdown.gateway.sdp..",
        "org.ringdown.gateway.media.rtp",
        "org.ringdown.gateway.call",
        "org.ringdown.gateway.routing.."
      })
  void aPurePackageHasNoClock(String pure) {
    noClasses()
        .that()
        .resideInAPackage(pure)
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .check(HOUSE);
  }

  @Test
  void theGatewaySeesOnlyTheFacesOfItsAdapters() {
    noClasses()
        .that()
        .resideInAPackage("org.ringdown.gateway..")
        .and()
        .resideOutsideOfPackage("org.ringdown.gateway.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.ringdown.sip.wire..",
            "org.ringdown.sip.transaction..",
            "org.ringdown.sip.dialog..",
            "org.ringdown.sip.refer..",
            "org.ringdown.sip.usage..",
            "org.ringdown.sip.call..",
            "org.ringdown.webrtc.client..",
            "org.ringdown.webrtc.ice..",
            "org.ringdown.webrtc.dtls..",
            "org.ringdown.webrtc.web..",
            "org.ringdown.sip.log..",
            "org.ringdown.sip.socket..",
            "org.ringdown.sip.stack..",
            "org.ringdown.sip.auth..",
            "gov.nist..",
            "javax.sip..",
            "org.xbill..",
            "org.bouncycastle..")
        .check(HOUSE);
  }

  /** From the bottom up: each knows those before it at most. */
  @Test
  void theBridgesPackagesKnowOnlyThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("reason")
        .definedBy("org.ringdown.gateway.bridge.reason")
        .layer("leg")
        .definedBy("org.ringdown.gateway.bridge.leg")
        .layer("kinds of leg")
        .definedBy("org.ringdown.gateway.bridge.phone", "org.ringdown.gateway.bridge.page")
        .layer("ring")
        .definedBy("org.ringdown.gateway.bridge.ring")
        .layer("house")
        .definedBy("org.ringdown.gateway.bridge.house")
        .layer("talk")
        .definedBy("org.ringdown.gateway.bridge.talk")
        .layer("transfer")
        .definedBy("org.ringdown.gateway.bridge.transfer")
        .layer("session")
        .definedBy("org.ringdown.gateway.bridge.session")
        .layer("bridge")
        .definedBy("org.ringdown.gateway.bridge")
        .whereLayer("bridge")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("bridge")
        .whereLayer("transfer")
        .mayOnlyBeAccessedByLayers("session")
        .whereLayer("talk")
        .mayOnlyBeAccessedByLayers("transfer", "session")
        .whereLayer("house")
        .mayOnlyBeAccessedByLayers("session", "bridge")
        .whereLayer("ring")
        .mayOnlyBeAccessedByLayers("house", "talk", "transfer", "session")
        .whereLayer("kinds of leg")
        .mayOnlyBeAccessedByLayers("house", "bridge")
        .check(HOUSE);
  }

  @Test
  void nothingKnowsTheTestKit() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.ringdown.gateway.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.ringdown.gateway.testkit..")
        .check(HOUSE);
  }

  /** It speaks with the adapters' leaves and never with what it tests. */
  @Test
  void theTestKitsActorsAreStrangersToTheGateway() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.ringdown.gateway.testkit.chromium..",
            "org.ringdown.gateway.testkit.sip..",
            "org.ringdown.gateway.testkit.web..",
            "org.ringdown.gateway.testkit.load.media..",
            "org.ringdown.gateway.testkit.load.page..",
            "org.ringdown.gateway.testkit.load.phone..",
            "org.ringdown.gateway.testkit.load.traffic..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.ringdown.gateway",
            "org.ringdown.gateway.bridge..",
            "org.ringdown.gateway.call..",
            "org.ringdown.gateway.media",
            "org.ringdown.gateway.media.join..",
            "org.ringdown.gateway.media.leg..",
            "org.ringdown.gateway.media.stream..",
            "org.ringdown.sip",
            "org.ringdown.sip.log..",
            "org.ringdown.sip.socket..",
            "org.ringdown.sip.stack..",
            "org.ringdown.webrtc",
            "org.ringdown.webrtc.media..",
            "org.ringdown.webrtc.page..",
            "org.ringdown.webrtc.signaling..",
            "gov.nist..",
            "javax.sip..",
            "org.bouncycastle..")
        .check(HOUSE);
  }

  @Test
  void callScriptsAreReadWithoutNetworkAndClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.ringdown.gateway.testkit.script", "org.ringdown.gateway.testkit.reader")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.util.concurrent.locks", "org.ringdown.webrtc..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(HOUSE);
  }

  /** SRTP towards phones is the same as towards browsers. */
  @Test
  void onlyTheMediaEngineEncrypts() {
    noClasses()
        .that()
        .resideInAPackage("org.ringdown.gateway..")
        .and()
        .resideOutsideOfPackages(
            "org.ringdown.gateway.media.stream", "org.ringdown.gateway.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.ringdown.webrtc.srtp..")
        .check(HOUSE);
  }
}
