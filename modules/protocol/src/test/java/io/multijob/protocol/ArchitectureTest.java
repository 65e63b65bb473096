package io.multijob.protocol;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses PROTOCOL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.multijob.protocol");

  @Test
  void protocolNeedsOnlyTheJdkAndJackson() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "io.multijob.protocol", "java..", "tools.jackson..", "org.jspecify.."))
        .check(PROTOCOL);
  }

  @Test
  void protocolDoesNoInputOrOutput() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.file..", "java.net.http..", "java.util.concurrent.."))
        .check(PROTOCOL);
  }

  @Test
  void jacksonStaysBehindThePublicTypes() {
    noClasses()
        .that()
        .arePublic()
        .should()
        .dependOnClassesThat(resideInAnyPackage("tools.jackson.."))
        .check(PROTOCOL);
  }
}
