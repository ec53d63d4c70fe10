package dev.koda.dashboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class CleanDetailsTest {
    @Test
    void whatIsTooDeepIsNotShown() {
        var nested = new JsonObject().put("password", "swordfish").put("more", new JsonArray().add("x"));
        for (int i = 0; i < 12; i++) {
            nested = new JsonObject().put("in", nested);
        }

        var clean = new CleanDetails(Redactor.byShape()).clean(nested.getMap());

        assertThat(clean.values().encode()).doesNotContain("swordfish").contains("…");
        assertThat(clean.redactions()).hasSize(1);
    }
}
