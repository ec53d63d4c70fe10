package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code deploy/compose/update.sh}, killed or told to end at every step that it takes. */
class UpdaterCutOffIT extends UpdateCase {
    /** Every step of Docker in an update, those of the way back last; the usual run takes one. */
    static Stream<String> steps() {
        return Boolean.getBoolean("koda.long")
                ? Stream.of("config-2", "exec-1", "keep-2", "pull", "build-2", "up-2", "exec-2", "rm", "tag", "up-3")
                : Stream.of("up-2");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void killedAtAnyStepItIsPutInOrderByTheNextRun(String step) {
        host().hang(step);
        var update = host().start("update.sh", DeployedKoda.with(bad()));
        host().awaitStep(update, step);

        kill(update);

        var recover = host().run("update.sh", "--recover");
        assertThat(recover.awaitExit(LIMIT)).as(recover.toString()).isZero();
        assertThat(recover.errors()).contains("ended in the middle", "is in order");
        assertIsAsBefore();
    }

    /** The moment between the removal of a file and its replacement, which no step of Docker marks. */
    @Test
    void killedInTheMiddleOfTheSwitchItIsPutInOrderByTheNextUpdate() throws IOException {
        host().hang("up-2");
        var update = host().start("update.sh", DeployedKoda.with(bad()));
        host().awaitStep(update, "up-2");
        kill(update);
        Files.writeString(host().directory().resolve(".koda-update/phase"), "switching\n");
        Files.delete(host().directory().resolve("CHECKSUMS.txt"));
        Files.move(host().directory().resolve("bundle"), host().directory().resolve(".koda-update/entry"));

        var again = host().update(bad());

        assertThat(again.awaitExit(LIMIT)).as(again.toString()).isEqualTo(1);
        assertThat(again.errors()).contains("ended in the middle (switching)");
        assertIsAsBefore();
    }

    @Test
    void aCommitThatWasCutOffIsFinished() {
        host().hang("rm");
        var update = host().start("update.sh", DeployedKoda.with(good()));
        host().awaitStep(update, "rm");
        kill(update);

        var recover = host().run("update.sh", "--recover");

        assertThat(recover.awaitExit(LIMIT)).as(recover.toString()).isZero();
        assertThat(recover.errors()).contains("1.0.19 is committed");
        assertThat(host().images()).doesNotContainKey("container old").containsKey("container new");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"exec-1,INT,130", "pull,INT,130", "up-2,INT,130", "up-2,TERM,143", "up-2,HUP,129"})
    void endedByASignalItGoesBackFirst(String step, String signal, int code) {
        host().hang(step);
        var update = host().start("update.sh", DeployedKoda.with(good()));
        host().awaitStep(update, step);

        update.signal(signal);

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(code);
        assertThat(update.lastErrorLine()).contains(step.equals("up-2") ? "is back and runs" : "nothing was changed");
        assertIsAsBefore();
    }

    @Test
    void oneAtATime() {
        host().hang("pull");
        var first = host().start("update.sh", DeployedKoda.with(good()));
        host().awaitStep(first, "pull");

        var second = host().update(good());

        assertThat(second.awaitExit(LIMIT)).as(second.toString()).isEqualTo(2);
        assertThat(second.lastErrorLine()).contains("is running");
        first.signal("TERM");
        assertThat(first.awaitExit(LIMIT)).isEqualTo(143);
        assertIsAsBefore();
    }

    /** As a host does that goes down: with all that it has started. */
    private static void kill(RealProcess update) {
        update.signal("KILL");
        Leftovers.in(sandbox.root()).forEach(Leftovers::kill);
        assertThat(update.awaitExit(LIMIT)).isEqualTo(137);
    }
}
