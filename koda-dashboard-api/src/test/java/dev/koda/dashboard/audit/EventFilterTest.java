package dev.koda.dashboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.dashboard.http.Refusal;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {
    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "yesterday"})
    void aTimeThatNoColumnHoldsIsRefused(String value) {
        assertThatThrownBy(
                        () -> EventFilter.of(MultiMap.caseInsensitiveMultiMap().add("from", value)))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.problem().status()).isEqualTo(400));
    }

    @Test
    void aTimeIsRead() {
        assertThat(EventFilter.of(MultiMap.caseInsensitiveMultiMap().add("to", "2026-11-28T10:00:00Z"))
                        .to())
                .isEqualTo("2026-11-28T10:00:00Z");
    }
}
