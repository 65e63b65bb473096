package io.multijob.sandbox.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The directions of the sandbox's packages.
final class ArchitectureTest {
  private static final JavaClasses SANDBOX =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.multijob.sandbox");

  @Test
  void theSandboxKnowsNoOtherModuleButTheSharedOnes() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.multijob..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            "io.multijob.sandbox..",
                            "io.multijob.http..",
                            "io.multijob.protocol.."))))
        .check(SANDBOX);
  }

  @Test
  void theApiServerDoesNotKnowTheRunner() {
    noClasses()
        .that()
        .resideInAPackage("io.multijob.sandbox.api..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.multijob.sandbox.run..")
        .check(SANDBOX);
  }

  @Test
  void onlyTheFrontKnowsHttp() {
    noClasses()
        .that()
        .resideInAPackage("io.multijob.sandbox.api.(*)..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.multijob.http..")
        .check(SANDBOX);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.multijob.sandbox.api.(*)..").should().beFreeOfCycles().check(SANDBOX);
  }
}
