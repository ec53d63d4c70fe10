package dev.koda.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the architecture forbids in core alone, each with its reason; what it forbids everywhere is in it-tests. */
@AnalyzeClasses(packages = "dev.koda.checks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String VOCABULARY = "dev.koda.checks";
    private static final String ENGINE = "dev.koda.checks.engine";
    private static final String TESTING = "dev.koda.checks.testing";
    private static final String STACK = "dev.koda.checks.stack..";
    private static final String[] FEATURES = {
        "dev.koda.checks.config..",
        "dev.koda.checks.secrets..",
        "dev.koda.checks.disk..",
        "dev.koda.checks.postgres..",
        "dev.koda.checks.sql..",
        "dev.koda.checks.objectstore..",
        "dev.koda.checks.backup..",
        "dev.koda.checks.network..",
        "dev.koda.checks.runtime..",
        "dev.koda.checks.system..",
        "dev.koda.checks.docker..",
        "dev.koda.checks.json..",
        "dev.koda.checks.tls..",
        "dev.koda.checks.process..",
        "dev.koda.checks.exec..",
        "dev.koda.checks.provider..",
        "dev.koda.checks.heartbeat..",
        "dev.koda.checks.hardening.."
    };

    @ArchTest
    static final ArchRule engineAndVocabularyNeedTheJdkAlone = classes()
            .that()
            .resideInAnyPackage(VOCABULARY, ENGINE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", VOCABULARY, ENGINE)
            .because("an embedder gets the engine without any library");

    @ArchTest
    static final ArchRule theVocabularyDoesNotKnowTheEngine = noClasses()
            .that()
            .resideInAPackage(VOCABULARY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.koda.checks.*..")
            .because("everything speaks the vocabulary, so it must stand on nothing");

    @ArchTest
    static final ArchRule featuresTakeTypedOptions = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.koda.checks.settings..", STACK)
            .because("an embedder uses a check without our settings");

    @ArchTest
    static final ArchRule onlyTheRootsKnowTheStack = noClasses()
            .that()
            .resideOutsideOfPackage(STACK)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(STACK)
            .because("suites are composed in one place, which stands on top of core");

    @ArchTest
    static final ArchRule awsIsInOneFile = noClasses()
            .that(describe(
                    "are not S3ObjectStore",
                    one -> !one.getName().startsWith("dev.koda.checks.objectstore.S3ObjectStore")))
            .should()
            .dependOnClassesThat(resideInAPackage("software.amazon.."))
            .because("an adapter is one file, and the SDK is loaded only when an object store is checked");

    @ArchTest
    static final ArchRule sqlClientsAreInThePostgresPackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.koda.checks.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..")
            .because("nothing else speaks to Postgres");

    @ArchTest
    static final ArchRule embeddersAskThroughWhatTheyHave = noClasses()
            .that()
            .resideInAnyPackage("dev.koda.checks.sql..", "dev.koda.checks.postgres.state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "org.postgresql..", "dev.koda.checks.postgres")
            .because("these checks run on any DataSource, without Vert.x");

    @ArchTest
    static final ArchRule webServersAndConsolesAreNotForCore = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx.ext..",
                    "picocli..",
                    "io.micrometer..",
                    "ch.qos.logback..",
                    "com.fasterxml.jackson.databind..")
            .because("the same core serves the probes and the doctor");

    @ArchTest
    static final ArchRule jacksonIsInTheReportAlone = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.koda.checks.report..",
                    "dev.koda.checks.runtime..",
                    "dev.koda.checks.network..",
                    "dev.koda.checks.json..",
                    "dev.koda.checks.notify..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..")
            .because(
                    "a report becomes JSON in one place; elsewhere foreign answers are read, and foreign bodies filled");

    @ArchTest
    static final ArchRule testToolsAreForTests = noClasses()
            .that()
            .resideOutsideOfPackage(TESTING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", TESTING)
            .because("the testing kit stands beside the product");

    @ArchTest
    static final ArchRule noMethodIsSynchronizedInTheVocabulary = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(VOCABULARY)
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED)
            .because("values are immutable");
}
