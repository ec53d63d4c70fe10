package dev.koda.checks.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.koda.checks.Reason;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RuntimeGateTest {
    private final RuntimeGate gate = RuntimeGate.closed();

    @Test
    void refusesUntilItIsOpened() {
        assertThat(gate.isAccepting()).isFalse();
        assertThat(gate.refusal()).contains(RuntimeGate.STARTING);

        gate.open();

        assertThat(gate.isAccepting()).isTrue();
        assertThat(gate.refusal()).isEmpty();
    }

    @Test
    void saysWhyItRefuses() {
        gate.refuse("maintenance");

        assertThat(gate.refusal()).contains(new Reason("maintenance"));
        assertThatIllegalArgumentException().isThrownBy(() -> gate.refuse("Not a word"));
        assertThat(gate.refusal()).contains(new Reason("maintenance"));
    }

    @Test
    void tellsListenersOfEachChangeAndOfNothingElse() {
        var heard = new ArrayList<Boolean>();
        var subscription = gate.onChange(() -> heard.add(gate.isAccepting()));

        gate.open();
        gate.open();
        gate.refuse("maintenance");
        subscription.close();
        subscription.close();
        gate.open();

        assertThat(heard).containsExactly(true, false);
    }

    @Test
    void isNotStoppedByAListenerThatThrows() {
        var heard = new AtomicInteger();
        gate.onChange(() -> {
            throw new IllegalStateException("listener");
        });
        gate.onChange(heard::incrementAndGet);

        gate.open();

        assertThat(heard).hasValue(1);
        assertThat(gate.isAccepting()).isTrue();
    }

    @Test
    void tellsOfAChangeOnceWhenManyThreadsMakeIt() throws Exception {
        var heard = new AtomicInteger();
        gate.onChange(heard::incrementAndGet);
        var barrier = new CyclicBarrier(8);
        var threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> {
                try {
                    barrier.await(10, TimeUnit.SECONDS);
                    gate.open();
                } catch (Exception late) {
                    throw new AssertionError(late);
                }
            });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).hasValue(1);
    }
}
