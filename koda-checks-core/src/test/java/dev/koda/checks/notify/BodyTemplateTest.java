package dev.koda.checks.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTemplateTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void putsValuesIntoStringsWhateverTheyHold() throws Exception {
        var template = BodyTemplate.of("{\"text\": \"*{{check}}*: {{ message }}\", \"n\": [1, {\"a\": null}]}");
        var hostile = "a \"quote\", \\ back, \n line, $1, {{check}}, \u202e bidi, \ud83d\ude00, \u0000";

        var sent = MAPPER.readTree(template.render(fields("check", "disk.space[/a\"b]", "message", hostile)));

        assertThat(sent.path("text").textValue()).isEqualTo("*disk.space[/a\"b]*: " + hostile);
        assertThat(sent.path("n").get(0).intValue()).isEqualTo(1);
    }

    @Test
    void tellsAllThatThereIsUnlessToldOtherwise() throws Exception {
        var sent = MAPPER.readTree(BodyTemplate.standard().render(fields("check", "a.b", "before", "")));

        assertThat(sent.path("check").textValue()).isEqualTo("a.b");
        assertThat(sent.has("before")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"text\": {{message}}}|body is not JSON in its line 1",
                "{\"text\": \"{{mesage}}\"}|body names 'mesage', which a notice does not have (did you mean {{message}}?)",
                "{\"text\": \"{{}}\"}|body names ''",
                "{\"text\": \"{{message}}\"|body is not JSON",
                "{} {}|there is more after it",
                "text|body is not JSON",
                "7|body must be a JSON object"
            })
    void saysWhatIsWrongWithATemplate(String text, String why) {
        assertThatThrownBy(() -> BodyTemplate.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static Map<String, String> fields(String... pairs) {
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return fields;
    }
}
