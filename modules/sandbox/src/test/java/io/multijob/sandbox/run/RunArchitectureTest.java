package io.multijob.sandbox.run;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The directions of the runner's packages.
final class RunArchitectureTest {
  private static final JavaClasses RUN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.multijob.sandbox.run");

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.multijob.sandbox.run.(*)..").should().beFreeOfCycles().check(RUN);
  }

  @Test
  void partsDoNotKnowTheWhole() {
    noClasses()
        .that()
        .resideInAPackage("io.multijob.sandbox.run.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.multijob.sandbox.run")
        .check(RUN);
  }

  @Test
  void whatDecidesDoesNothing() {
    noClasses()
        .that()
        .resideInAnyPackage("..run.pod", "..run.job", "..run.backoff")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.nio.file..",
            "java.net..",
            "..run.client",
            "..run.group",
            "..run.process")
        .check(RUN);
  }

  @Test
  void onlyTheClientSpeaksHttp() {
    classes()
        .that()
        .resideOutsideOfPackage("..run.client")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("java.net.http..")
        .check(RUN);
  }

  @Test
  void theApiServerIsKnownByItsDocumentsOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.multijob.sandbox.run..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..api.store..", "..api.registry..", "..api.select..", "..api.patch..")
        .check(RUN);
  }
}
