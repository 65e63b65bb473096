package io.multijob.optune;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses OPTUNE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.multijob.optune");

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.multijob.optune.(*)..").should().beFreeOfCycles().check(OPTUNE);
  }

  @Test
  void knowsOfTheOtherModulesOnlyTheProtocolAndTheListener() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.multijob..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            "io.multijob.optune..",
                            "io.multijob.protocol..",
                            "io.multijob.http.."))))
        .check(OPTUNE);
  }

  @Test
  void onlyTheStoreKnowsSql() {
    classes()
        .that()
        .resideOutsideOfPackage("..store..")
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(
                resideInAnyPackage("java.sql..", "org.sqlite..", "org.flywaydb..")))
        .check(OPTUNE);
  }

  @Test
  void theStoreKnowsNothingOfHttp() {
    noClasses()
        .that()
        .resideInAnyPackage("..store..", "..run..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.multijob.http..", "tools.jackson..")
        .check(OPTUNE);
  }
}
