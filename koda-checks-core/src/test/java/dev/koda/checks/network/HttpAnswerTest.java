package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    @Test
    void readsTopLevelFields() {
        var answer = answer(
                "{\"deep\":{\"status\":\"wrong\"},\"list\":[[\"x\"]],\"status\":\"degraded\",\"ready\":false,\"n\":3,"
                        + "\"reasons\":[\"one\",{\"k\":\"v\"},[\"nested\"],\"two\"],\"nothing\":null}");

        assertThat(answer.values("status")).containsExactly("degraded");
        assertThat(answer.values("ready")).containsExactly("false");
        assertThat(answer.values("n")).containsExactly("3");
        assertThat(answer.values("reasons")).containsExactly("one", "two");
        assertThat(answer.values("deep")).isEmpty();
        assertThat(answer.values("missing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "[\"status\"]", "\"status\"", "{\"a\":1", "{\"status\":", "{\"status\"", "null"})
    void hasNoFieldsInWhatIsNoObject(String body) {
        assertThat(answer(body).values("status")).isEmpty();
    }

    @Test
    void readsTheObjectsOfAnArray() {
        var answer =
                answer("{\"a\":{\"list\":[1]},\"list\":[{\"id\":\"x\",\"ok\":true,\"modes\":[\"k\"],\"in\":{\"id\":1}},"
                        + "3,[{}],{\"id\":null}],\"rest\":1}");

        assertThat(answer.objects("list"))
                .containsExactly(Map.of("id", "x", "ok", "true", "in/id", "1"), Map.of("id", "null"));
        assertThat(answer.objects("a")).isEmpty();
        assertThat(answer.objects("missing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[{}]", "{\"list\":[{\"id\":1}", "{\"list\":[{\"id\":", "{\"list\":[{\"id\":1},"})
    void hasNoObjectsInWhatIsCutOff(String body) {
        assertThat(answer(body).objects("list")).isEmpty();
    }

    @Test
    void handsOverEveryObjectWithItsDepthInnerOnesFirst() {
        var seen = new ArrayList<String>();

        boolean isWhole = answer("[{\"a\":{\"n\":1.5,\"list\":[2,{\"x\":null}]},\"ok\":true}]")
                .eachObject((fields, depth) -> seen.add(depth + " " + fields));

        assertThat(isWhole).isTrue();
        assertThat(seen).containsExactly("3 {x=null}", "2 {n=1.5}", "1 {ok=true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"a\":{}", "{\"a\":1,"})
    void saysThatItHandedOverNotAll(String body) {
        assertThat(answer(body).eachObject((fields, depth) -> {})).isFalse();
    }

    @Test
    void readsAValueInTheDepth() {
        var answer = answer("{\"a\":{\"b\":[{\"c\":\"x\"}],\"d\":true}}");

        assertThat(answer.valueAt("/a/b/0/c")).contains("x");
        assertThat(answer.valueAt("/a/d")).contains("true");
        assertThat(answer.valueAt("/a/b")).isEmpty();
        assertThat(answer.valueAt("/a/x")).isEmpty();
    }

    private static HttpAnswer answer(String body) {
        var target = HttpTarget.get(URI.create("http://127.0.0.1/"));
        return new HttpAnswer(target, 200, Map.of(), body, Optional.empty(), Optional.empty(), Duration.ZERO);
    }
}
