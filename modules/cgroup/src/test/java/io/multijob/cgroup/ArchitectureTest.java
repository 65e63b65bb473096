package io.multijob.cgroup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CGROUP =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.multijob.cgroup");

  @Test
  void knowsNothingButTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.multijob.cgroup..",
            "java.io..",
            "java.lang",
            "java.lang.annotation..",
            "java.lang.invoke..",
            "java.lang.runtime..",
            "java.nio..",
            "java.time..",
            "java.util",
            "java.util.function..",
            "java.util.stream..",
            "java.util.concurrent..",
            "org.jspecify.annotations..")
        .check(CGROUP);
  }

  @Test
  void touchesTheFileSystemOnlyInTheTwoClassesOfTheHost() {
    classes()
        .that()
        .doNotHaveSimpleName("HostFiles")
        .and()
        .doNotHaveSimpleName("InotifyWatch")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("java.nio..")
        .check(CGROUP);
  }
}
