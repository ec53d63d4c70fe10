package dev.koda.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** What the architecture forbids in core, each with its reason. */
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
        "dev.koda.checks.objectstore..",
        "dev.koda.checks.network..",
        "dev.koda.checks.runtime.."
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
    static final ArchRule thereAreNoPackageCycles = slices().matching("dev.koda.checks.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a reader must be able to start somewhere");

    @ArchTest
    static final ArchRule nobodyWaits = noClasses()
            .that()
            .resideOutsideOfPackage(TESTING)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(CompletableFuture.class, "join")
            .orShould()
            .callMethod(CompletableFuture.class, "get")
            .orShould()
            .callMethod(CompletableFuture.class, "get", long.class, TimeUnit.class)
            .orShould()
            .callMethod(Future.class, "get")
            .orShould()
            .callMethod(Future.class, "get", long.class, TimeUnit.class)
            .orShould()
            .callMethod(CountDownLatch.class, "await")
            .orShould()
            .callMethod(CountDownLatch.class, "await", long.class, TimeUnit.class)
            .orShould()
            .callMethod(io.vertx.core.Future.class, "await")
            .orShould()
            .callMethod(io.vertx.core.Future.class, "await", long.class, TimeUnit.class)
            .because("a check that waits holds an event loop");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .doNotHaveSimpleName("SystemTime")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("what reads a clock by itself cannot be tested in virtual time");

    @ArchTest
    static final ArchRule nobodyExitsPrintsOrReadsTheEnvironment = noClasses()
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("only a main class decides about the process, and stdout is one document");

    @ArchTest
    static final ArchRule checksAreFinalAndHidden = classes()
            .that()
            .implement(Check.class)
            .and()
            .resideOutsideOfPackage(TESTING)
            .and()
            .areNotInterfaces()
            .should()
            .haveSimpleNameEndingWith("Check")
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .notBePublic()
            .because("a check is reached through the factory of its package");

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
                    "dev.koda.checks.report..", "dev.koda.checks.runtime..", "dev.koda.checks.network..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..")
            .because("a report becomes JSON in one place; elsewhere only foreign answers are read");

    @ArchTest
    static final ArchRule testToolsAreForTests = noClasses()
            .that()
            .resideOutsideOfPackage(TESTING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", TESTING)
            .because("the testing kit stands beside the product");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith(NullMarked.class)
            .because("null is said where it may be");

    @ArchTest
    static final ArchRule noMethodIsSynchronizedInTheVocabulary = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(VOCABULARY)
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED)
            .because("values are immutable");
}
