package io.multijob.servo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The directions of the packages, as docs/architecture.md has them.
final class ArchitectureTest {
  private static final JavaClasses SERVO =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.multijob.servo");

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.multijob.servo.(*)..").should().beFreeOfCycles().check(SERVO);
  }

  /// A pure package decides: it touches no file, no network, no clock and no thread.
  @ParameterizedTest
  @CsvSource({
    "pod, io.multijob.servo.pod..",
    "measurement, io.multijob.servo.pod.. io.multijob.servo.measurement..",
    "adjustment, io.multijob.servo.pod.. io.multijob.servo.adjustment..",
    "injection, io.multijob.servo.pod.. io.multijob.servo.adjustment.. io.multijob.servo.injection..",
  })
  void aPurePackageKnowsOnlyTheProtocolAndWhatIsBelowIt(String name, String servoPackages) {
    String[] below = servoPackages.split(" ", -1);
    classes()
        .that()
        .resideInAPackage("io.multijob.servo." + name + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(below)
                .or(
                    resideInAnyPackage(
                        "io.multijob.protocol..",
                        "tools.jackson..",
                        "org.jspecify..",
                        "java.io",
                        "java.lang..",
                        "java.math..",
                        "java.time..",
                        "java.util",
                        "java.util.function..",
                        "java.util.regex..",
                        "java.util.stream..")))
        .check(SERVO);
    noClasses()
        .that()
        .resideInAPackage("io.multijob.servo." + name + "..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(SERVO);
  }

  @Test
  void onlyThePackagesAtTheClusterKnowTheClientLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.multijob.servo.kubernetes..",
            "io.multijob.servo.watch..",
            "io.multijob.servo.admission..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..")
        .check(SERVO);
  }

  @Test
  void onlyWhoMakesCertificatesKnowsHowTheyAreMade() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.multijob.servo.certificate..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..")
        .check(SERVO);
  }

  @ParameterizedTest
  @CsvSource({
    "watch, stats report observe",
    "kubernetes, pod measurement watch stats report observe",
    "stats, kubernetes report observe",
    "report, pod watch stats kubernetes observe",
    "conversation, kubernetes watch stats mark lead measurement observe",
    "policy, measurement watch stats report mark observe",
    "restraint, measurement stats mark report lead kubelet observe",
    "kubelet, measurement watch mark report lead restraint observe",
    "retry, pod measurement watch stats report kubernetes observe",
    "loop, pod measurement watch stats report kubernetes retry observe",
    "initializer, stats report observe mark measurement lead",
    "admission, measurement watch stats report lead mark observe",
    "certificate, pod measurement watch stats report observe mark lead",
  })
  void aPackageKnowsNothingOf(String name, String others) {
    for (String other : others.split(" ", -1)) {
      noClasses()
          .that()
          .resideInAPackage("io.multijob.servo." + name + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.multijob.servo." + other + "..")
          .check(SERVO);
    }
  }

  @Test
  void nothingUsesTheSandboxOrTheService() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.multijob.sandbox..", "io.multijob.optune..", "io.multijob.podmon..")
        .check(SERVO);
  }
}
