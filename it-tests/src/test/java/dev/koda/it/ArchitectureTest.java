package dev.koda.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.koda.checks.Check;
import dev.koda.checks.CheckSpec.BlockingCheck;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;

/**
 * What the architecture forbids in every module that is shipped, each with its reason. This module is the one that has
 * all of them on its class path, so the rules are said once; what is particular to core is said there.
 */
@AnalyzeClasses(packages = "dev.koda", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** With the classes inside it. */
    private static final DescribedPredicate<JavaClass> MAIN =
            describe("a *Main", one -> one.getName().matches("[^$]*Main(\\$.*)?"));

    /** Waits for the one report of a command; nothing else may. */
    private static final DescribedPredicate<JavaClass> DOCTOR_RUN =
            describe("DoctorRun", one -> one.getName().matches("dev\\.koda\\.cli\\.DoctorRun(\\$.*)?"));

    /** Where the threads of {@code koda logs}, which belong to it alone, wait for each other: readers for whoever merges. */
    private static final DescribedPredicate<JavaClass> LOGS_MONITOR =
            describe("Monitor", one -> one.getName().matches("dev\\.koda\\.cli\\.logs\\.Monitor(\\$.*)?"));

    private static final DescribedPredicate<JavaClass> SYSTEM_TIME =
            describe("SystemTime", one -> one.getName().equals("dev.koda.checks.SystemTime"));

    /** Blocks on a thread of the engine's bounded pool, which is there for that. */
    private static final DescribedPredicate<JavaClass> BLOCKING_CHECK = assignableTo(BlockingCheck.class);

    /** What tests call, ours and those of embedders. */
    private static final DescribedPredicate<JavaClass> TESTING = resideInAPackage("dev.koda.checks.testing");

    @ArchTest
    static final ArchRule nobodyWaits = noClasses()
            .that(not(MAIN.or(DOCTOR_RUN).or(LOGS_MONITOR).or(BLOCKING_CHECK).or(TESTING)))
            .should()
            .accessTargetWhere(Member.of(Object.class, "wait")
                    .or(Member.of(Thread.class, "sleep", "join"))
                    .or(Member.of(Process.class, "waitFor"))
                    .or(Member.of(java.util.concurrent.Future.class, "get"))
                    .or(Member.of(CompletableFuture.class, "join"))
                    .or(Member.of(CountDownLatch.class, "await"))
                    .or(Member.of(Condition.class, "await", "awaitNanos", "awaitUntil", "awaitUninterruptibly"))
                    .or(Member.of(Semaphore.class, "acquire", "acquireUninterruptibly"))
                    .or(Member.of(BlockingQueue.class, "take"))
                    .or(Member.of(ExecutorService.class, "awaitTermination", "invokeAll", "invokeAny"))
                    .or(Member.of(LockSupport.class, "park", "parkNanos", "parkUntil"))
                    .or(Member.of(Future.class, "await")))
            .because("what waits holds an event loop; only the roots, the doctor's command and koda logs have threads"
                    + " to spare");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that(not(MAIN.or(SYSTEM_TIME)))
            .should()
            .accessTargetWhere(Member.of(System.class, "nanoTime", "currentTimeMillis")
                    .or(Member.of(Clock.class, "systemUTC", "systemDefaultZone", "system"))
                    .or(Member.of(Instant.class, "now"))
                    .or(Member.of(LocalDate.class, "now"))
                    .or(Member.of(LocalDateTime.class, "now"))
                    .or(Member.of(OffsetDateTime.class, "now"))
                    .or(Member.of(ZonedDateTime.class, "now"))
                    .or(Member.of(Date.class, "<init>")))
            .because("what reads a clock by itself cannot be tested in virtual time");

    @ArchTest
    static final ArchRule onlyRootsExitPrintOrReadTheEnvironment = noClasses()
            .that(not(MAIN))
            .should()
            .accessTargetWhere(Member.of(System.class, "exit", "getenv", "out", "err", "in", "console")
                    .or(Member.of(Runtime.class, "exit", "halt"))
                    .or(Member.of(Throwable.class, "printStackTrace")))
            .because("only a main class decides about the process, and standard output is one document");

    @ArchTest
    static final ArchRule checksAreFinalAndHidden = classes()
            .that(assignableTo(Check.class).or(BLOCKING_CHECK).and(not(TESTING.or(INTERFACES))))
            .should()
            .haveSimpleNameEndingWith("Check")
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .notBePublic()
            .because("a check is reached through the factory of its package");

    @ArchTest
    static final ArchRule thereAreNoPackageCyclesInCore = acyclic("dev.koda.checks");

    @ArchTest
    static final ArchRule thereAreNoPackageCyclesInTheDashboard = acyclic("dev.koda.dashboard");

    @ArchTest
    static final ArchRule thereAreNoPackageCyclesInTheServer = acyclic("dev.koda.server");

    @ArchTest
    static final ArchRule thereAreNoPackageCyclesInTheCli = acyclic("dev.koda.cli");

    @ArchTest
    static final ArchRule thereAreNoCyclesBetweenModules = slices().matching("dev.koda.(*)..")
            .should()
            .beFreeOfCycles()
            .because("the picture of the modules has arrows of one direction");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(be(describe(
                    "in a package that is @NullMarked", one -> one.getPackage().isAnnotatedWith(NullMarked.class))))
            .because("null is said where it may be, and NullAway looks at no other package");

    private static ArchRule acyclic(String root) {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("a reader must be able to start somewhere");
    }
}
