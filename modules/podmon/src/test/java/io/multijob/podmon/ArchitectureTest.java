package io.multijob.podmon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses PODMON =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.multijob.podmon");

  @Test
  void knowsNothingButTheJdkAndTheCgroups() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.multijob.podmon..",
            "io.multijob.cgroup..",
            "java.io..",
            "java.lang",
            "java.lang.annotation..",
            "java.lang.invoke..",
            "java.lang.runtime..",
            "java.net",
            "java.nio.charset..",
            "java.time..",
            "java.util",
            "java.util.concurrent..",
            "java.util.function..",
            "java.util.stream..",
            "org.jspecify.annotations..")
        .check(PODMON);
  }

  @Test
  void opensSocketsOnlyToPostTheReport() {
    noClasses()
        .that()
        .doNotHaveSimpleName("ReportPost")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..")
        .check(PODMON);
  }
}
