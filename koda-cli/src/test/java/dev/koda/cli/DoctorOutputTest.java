package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes where, over all formats and outcomes. */
class DoctorOutputTest {
    private static final CheckSpec GOOD = answering("config.parse", Outcome.pass("fine"));
    private static final CheckSpec ODD = answering("disk.space", Outcome.warn("12 % free, limit 15 %"));
    private static final CheckSpec BAD =
            answering("postgres.tcp", Outcome.fail("refused").reason("refused"));

    @TempDir
    Path directory;

    static List<Arguments> everyFormatAndOutcome() {
        var cases = new ArrayList<Arguments>();
        for (var format : OutputFormat.values()) {
            boolean isPlugin = format == OutputFormat.NAGIOS;
            cases.add(Arguments.of(format, "warn", List.of(GOOD), 0));
            cases.add(Arguments.of(format, "warn", List.of(GOOD, ODD), isPlugin ? 1 : 3));
            cases.add(Arguments.of(format, "fail", List.of(GOOD, ODD), 0));
            cases.add(Arguments.of(format, "warn", List.of(GOOD, ODD, BAD), isPlugin ? 2 : 1));
            cases.add(Arguments.of(format, "fail", List.of(GOOD, ODD, BAD), isPlugin ? 2 : 1));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("everyFormatAndOutcome")
    void standardOutputIsOneDocumentAndTheCodeThatOfTheStatus(
            OutputFormat format, String failOn, List<CheckSpec> checks, int code) throws Exception {
        var run = CommandRun.in(directory)
                .checks(checks.toArray(CheckSpec[]::new))
                .koda("doctor", "-o", format.toString(), "--fail-on", failOn);

        assertThat(run.code()).isEqualTo(code);
        Documents.assertOne(format, run.output());
        if (code == 0) {
            assertThat(run.errors()).isEmpty();
        } else {
            assertThat(run.why()).startsWith("koda doctor: exit " + code + ", ");
        }
    }

    @Test
    void writesEachFormatToItsFileAndTextToStandardOutput() throws IOException {
        var run = CommandRun.in(directory)
                .checks(GOOD, ODD)
                .koda("doctor", "-o", "json=r.json", "-o=html=r.html", "--output", "openmetrics=koda.prom");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).startsWith("PASS config.parse");
        assertThat(directory.resolve("r.json"))
                .content()
                .startsWith("{\"schema\"")
                .endsWith("}\n");
        assertThat(directory.resolve("r.html")).content().startsWith("<!DOCTYPE html>");
        assertThat(directory.resolve("koda.prom")).content().endsWith("# EOF\n");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void replacesAFileInOneStepForAllToRead() throws IOException {
        var file = Files.writeString(directory.resolve("koda.prom"), "before");
        var link = Files.createSymbolicLink(directory.resolve("link.prom"), file);
        try (var before = Files.newInputStream(file)) {
            CommandRun.in(directory).checks(GOOD).koda("doctor", "-o", "openmetrics=link.prom");

            assertThat(before.readAllBytes()).asString().isEqualTo("before");
        }
        assertThat(link).isSymbolicLink();
        assertThat(file).content().endsWith("# EOF\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void writesToWhatIsNoFileAsItIs() {
        var run = CommandRun.in(directory).checks(GOOD).koda("doctor", "-o", "json=/dev/null");

        assertThat(run.code()).isEqualTo(0);
        assertThat(Path.of("/dev/null")).exists();
    }

    @Test
    void aReportThatIsLostIsNoSuccess() {
        var run = CommandRun.in(directory).checks(GOOD).koda("doctor", "-o", "json=/dev/full");

        assertThat(run.code()).isEqualTo(70);
        assertThat(run.output()).startsWith("PASS config.parse");
        assertThat(run.why()).isEqualTo("koda doctor: exit 70: /dev/full could not be written; is its disk full?");
    }

    @ParameterizedTest
    @CsvSource({
        "jsno, did you mean json",
        "yaml, 'there is text, json, junit, nagios, openmetrics, health+json, html'",
        "html=, names no file",
        "html=missing/r.html, its directory does not exist",
        "html=., it is a directory"
    })
    void refusesWhatItCannotWriteBeforeAnyCheck(String output, String why) {
        var run = CommandRun.in(directory).checks(GOOD).koda("doctor", "-o", output);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).startsWith("koda doctor: exit 2: ").contains(why);
    }

    @ParameterizedTest
    @CsvSource({
        "-o json -o html, one document",
        "--json -o text, one document",
        "-o json=a -o html=a, cannot both be",
        "--stable -o html=a, --stable is for JSON alone"
    })
    void refusesOptionsThatContradictEachOther(String options, String why) {
        var run = CommandRun.in(directory).checks(GOOD).koda(("doctor " + options).split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).contains(why);
    }

    @ParameterizedTest
    @CsvSource({
        "-o nagios --only nothing.*, matches no check",
        "-onagios --timeout soon, 'soon'",
        "--output=nagios --env-file none.env, 1 error in the settings",
        "-o nagios -o html, one document"
    })
    void aPluginThatCannotLookIsUnknown(String options, String why) {
        var run = CommandRun.in(directory).checks(GOOD).koda(("doctor " + options).split(" ", -1));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).startsWith("KODA UNKNOWN - ").contains(why).hasLineCount(1);
        assertThat(run.why()).startsWith("koda doctor: exit 3: ");
    }

    @Test
    void aFileForNagiosChangesNoExitCode() {
        var run = CommandRun.in(directory).checks(GOOD, BAD).koda("doctor", "-o", "nagios=status");

        assertThat(run.code()).isEqualTo(1);
        assertThat(directory.resolve("status")).content().startsWith("KODA CRITICAL");
    }

    @Test
    void aHundredStableRunsAreEqualByteForByteInWhateverOrderTheChecksEnd() {
        var random = new Random(20261128);
        var documents = new HashSet<String>();
        var orders = new HashSet<List<String>>();
        for (int i = 0; i < 100; i++) {
            var order = Collections.synchronizedList(new ArrayList<String>());
            documents.add(CommandRun.in(directory)
                    .checks(late(GOOD, random, order), late(ODD, random, order), late(BAD, random, order), measuring())
                    .koda("doctor", "--stable")
                    .output());
            orders.add(order);
        }

        assertThat(orders).hasSizeGreaterThan(1);
        assertThat(documents).hasSize(1);
        assertThat(documents.iterator().next()).contains("\"status\":\"fail\"").endsWith("}\n");
    }

    /** Answers after up to 4 ms, from another thread. */
    private static CheckSpec late(CheckSpec spec, Random random, List<String> order) {
        var later = CompletableFuture.delayedExecutor(random.nextInt(4000), TimeUnit.MICROSECONDS);
        return spec.wrapped(check ->
                context -> CompletableFuture.runAsync(() -> order.add(spec.id().name()), later)
                        .thenCompose(over -> {
                            try {
                                return check.run(context);
                            } catch (Exception failure) {
                                throw new CompletionException(failure);
                            }
                        }));
    }

    @Test
    void namesTheCheckThatWasMeant() {
        var setup = CommandRun.in(directory).checks(GOOD, ODD, BAD);

        assertThat(setup.koda("doctor", "--only", "postgers.*").why()).endsWith("(did you mean 'postgres.*'?)");
        assertThat(setup.koda("doctor", "--only", "nope.*").why()).endsWith(": --only 'nope.*' matches no check");
        assertThat(setup.koda("doctor", "--only", "disk.spaec").why()).endsWith("(did you mean 'disk.space'?)");
        assertThat(setup.koda("doctor", "--skip", "disks").why()).endsWith("(did you mean 'disk.*'?)");
        assertThat(setup.koda("doctor", "--skip", "zebra.crossing").why()).doesNotContain("mean");
    }

    /** Another value in every run. */
    private static CheckSpec measuring() {
        return CheckSpec.of("custom.clock").in(Suite.DOCTOR).run(context -> {
            var now = System.nanoTime();
            return CompletableFuture.completedFuture(
                    Outcome.pass("the clock shows " + now + " ns").observed("clock", now, "nanoseconds"));
        });
    }

    private static CheckSpec answering(String name, Outcome outcome) {
        return CheckSpec.of(name).in(Suite.DOCTOR).run(context -> CompletableFuture.completedFuture(outcome));
    }
}
