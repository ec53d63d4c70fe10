package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnvFileTest {
    private static final Path FILE = Path.of("test.env");
    private static final Map<String, String> ENVIRONMENT = Map.of("OUTER", "outside", "EMPTY", "");

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("A=1", "1"),
                arguments("A: 1", "1"),
                arguments("A:1", "1"),
                arguments("export A=1", "1"),
                arguments("export\tA=1", "1"),
                arguments("  A  =  1  ", "1"),
                arguments("A=", ""),
                arguments("A", null),
                arguments("exportA=2\nA=1", "1"),
                arguments("A=a b c", "a b c"),
                arguments("A=a=b", "a=b"),
                arguments("A=https://host:80/p?q=1&r=2", "https://host:80/p?q=1&r=2"),
                arguments("A=1 # comment", "1"),
                arguments("A=1# no comment", "1# no comment"),
                arguments("A=#1", "#1"),
                arguments("A= # comment", ""),
                arguments("# A=2\nA=1", "1"),
                arguments("A=1\n\n  # B=2", "1"),
                arguments("A='1' # comment", "1"),
                arguments("A='a # b'", "a # b"),
                arguments("A=\"a # b\"", "a # b"),
                arguments("A=''", ""),
                arguments("A=\"\"", ""),
                arguments("A='$OUTER ${OUTER}'", "$OUTER ${OUTER}"),
                arguments("A='a\\nb'", "a\\nb"),
                arguments("A='it\\'s'", "it's"),
                arguments("A='say \"x\"'", "say \"x\""),
                arguments("A=\"a\\nb\\tc\\rd\"", "a\nb\tc\rd"),
                arguments("A=\"a\\\\nb\"", "a\\nb"),
                arguments("A=\"say \\\"x\\\"\"", "say \"x\""),
                arguments("A=\"it's\"", "it's"),
                arguments("A=\"\\0101\\q\"", "A\\q"),
                arguments("A=\"\\$OUTER\"", "$OUTER"),
                arguments("A=\"line 1\nline 2\"\nB=2", "line 1\nline 2"),
                arguments("A='line 1\nline 2'", "line 1\nline 2"),
                arguments("A=\"line 1\r\nline 2\"", "line 1\nline 2"),
                arguments("A=a\\nb", "a\\nb"),
                arguments("A=it's", "it's"),
                arguments("A=$OUTER", "outside"),
                arguments("A=${OUTER}", "outside"),
                arguments("A=\"x${OUTER}y\"", "xoutsidey"),
                arguments("A=$$OUTER", "$OUTER"),
                arguments("A=a$$", "a$"),
                arguments("A=${NO:-d}", "d"),
                arguments("A=${NO-d}", "d"),
                arguments("A=${EMPTY:-d}", "d"),
                arguments("A=${EMPTY-d}", ""),
                arguments("A=${OUTER:-d}", "outside"),
                arguments("A=${NO:-}", ""),
                arguments("A=${NO:-a b}", "a b"),
                arguments("A=${NO:-${NO2:-$OUTER}}", "outside"),
                arguments("A=${OUTER:+r}", "r"),
                arguments("A=${NO:+r}", ""),
                arguments("A=${EMPTY:+r}", ""),
                arguments("A=${EMPTY+r}", "r"),
                arguments("A=${OUTER:?why}", "outside"),
                arguments("A=${EMPTY?why}", ""),
                arguments("A=$NO", ""),
                arguments("B=1\nA=${B}2", "12"),
                arguments("OUTER=inside\nA=$OUTER", "outside"),
                arguments("A=1\r\nB=2\r\n", "1"),
                arguments("\uFEFFA=1", "1"),
                arguments("A=1\nA=2", "2"),
                arguments("A=\u00e4\u20ac\ud83d\ude00", "\u00e4\u20ac\ud83d\ude00"),
                arguments("\u00a0A=1", "1"),
                arguments("A\u00a0=1", "1"),
                arguments("", null),
                arguments("\n\n", null));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsWhatComposeReads(String text, String expected) {
        assertThat(parse(text).value("A").orElse(null)).isEqualTo(expected);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("A B=1", 1, 3, "'B' cannot be in a name; expected NAME=value"),
                arguments("ok=1\n  A!=1", 2, 4, "'!' cannot be in a name; expected NAME=value"),
                arguments("=1", 1, 1, "no name before '='; expected NAME=value"),
                arguments("A\u0007=1", 1, 2, "'U+0007' cannot be in a name; expected NAME=value"),
                arguments("A\0=1", 1, 2, "'\uFFFD' cannot be in a name; expected NAME=value"),
                arguments("A='1", 1, 3, "the quote that begins the value of A is not closed"),
                arguments("A=\"1\nB=2\n", 1, 3, "the quote that begins the value of A is not closed"),
                arguments("A=\"1\\\"", 1, 3, "the quote that begins the value of A is not closed"),
                arguments("A='1'2", 1, 6, "after the closing quote of A only a comment may follow"),
                arguments("A=$", 1, 3, "A: a '$' begins no variable; write '$$' for a dollar sign"),
                arguments("A=x$1", 1, 3, "A: a '$' begins no variable; write '$$' for a dollar sign"),
                arguments("A=${", 1, 3, "A: '${' has no closing '}'"),
                arguments("A=${NO", 1, 3, "A: '${' has no closing '}'"),
                arguments("A=${}", 1, 3, "A: '${' is not followed by a name of letters, digits and '_'"),
                arguments("A=${1X}", 1, 3, "A: '${' is not followed by a name of letters, digits and '_'"),
                arguments("A=${NO!x}", 1, 3, "A: '${NO' is followed by something other than '}', ':-', ':?' or ':+'"),
                arguments("A=${NO:?set it}", 1, 3, "A: the variable NO is required but not set: set it"),
                arguments("A=${NO?}", 1, 3, "A: the variable NO is required but not set"),
                arguments("A=${EMPTY:?e}", 1, 3, "A: the variable EMPTY is required but empty: e"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesPlaceAndKindOfAMistake(String text, int line, int column, String message) {
        assertThat(problems(text)).containsExactly(new SettingsProblem(FILE, line, column, message, null));
    }

    @Test
    void reportsAllMistakesAtOnceInTheirOrder() {
        var problems = problems("A B=1\nOK=1\n=2\nC='x' y\nD=${\n");

        assertThat(problems).extracting(SettingsProblem::line).containsExactly(1, 3, 4, 5);
    }

    @Test
    void neverPutsAValueIntoAMistake() {
        assertThatThrownBy(() -> parse("TOKEN='hunter22' hunter22\nS=\"hunter22\nhunter22 x=hunter22\nP=hunter22$"))
                .isInstanceOf(SettingsException.class)
                .message()
                .doesNotContain("hunter22");
    }

    @Test
    void findsBytesThatAreNoUtf8AndTheOtherMistakesToo() {
        var bytes = "A=1\nB=\u00e4?\nC D=1".getBytes(StandardCharsets.UTF_8);
        bytes[8] = (byte) 0xff;

        var thrown = catchThrowableOfType(SettingsException.class, () -> EnvFile.parse(FILE, bytes, ENVIRONMENT::get));

        assertThat(thrown.problems())
                .containsExactly(
                        new SettingsProblem(FILE, 2, 4, "the bytes here are not UTF-8", null),
                        new SettingsProblem(FILE, 3, 3, "'D' cannot be in a name; expected NAME=value", null));
    }

    @ParameterizedTest
    @MethodSource("truncated")
    void findsATruncatedCharacter(byte[] tail, int column) {
        var bytes = new byte[2 + tail.length];
        bytes[0] = 'A';
        bytes[1] = '=';
        System.arraycopy(tail, 0, bytes, 2, tail.length);

        var thrown = catchThrowableOfType(SettingsException.class, () -> EnvFile.parse(FILE, bytes, ENVIRONMENT::get));

        assertThat(thrown.problems())
                .containsExactly(new SettingsProblem(FILE, 1, column, "the bytes here are not UTF-8", null));
    }

    static Stream<Arguments> truncated() {
        return Stream.of(
                arguments(new byte[] {(byte) 0xef}, 3),
                arguments(new byte[] {(byte) 0xef, (byte) 0xbf}, 3),
                arguments(new byte[] {'x', (byte) 0xc3}, 4),
                arguments(new byte[] {(byte) 0xf0, (byte) 0x9f, (byte) 0x98}, 3),
                arguments(new byte[] {(byte) 0x80}, 3));
    }

    @Test
    void noticesWhatIsOddButUsable() {
        var file = parse("\uFEFFA=1\r\nB=$NO\r\nA=2\r\nC=3\r\nC=3");

        assertThat(file.notices())
                .extracting(SettingsNotice::kind, SettingsNotice::line)
                .containsExactly(
                        tuple(SettingsNotice.Kind.BYTE_ORDER_MARK, 1),
                        tuple(SettingsNotice.Kind.CRLF, 1),
                        tuple(SettingsNotice.Kind.UNSET_VARIABLE, 2),
                        tuple(SettingsNotice.Kind.DUPLICATE, 3));
    }

    @Test
    void noticesNothingInAnOrdinaryFile() {
        assertThat(parse("# comment\nA=1\nB='2'\nC=${NO:-3}\n").notices()).isEmpty();
    }

    @Test
    void knowsWhereAnEntryStands() {
        var entries = parse("\n  export A=1\nB=\"x\ny\"\nC=3").entries();

        assertThat(entries.values())
                .containsExactly(
                        new EnvFile.Entry("A", "1", 2, 10),
                        new EnvFile.Entry("B", "x\ny", 3, 1),
                        new EnvFile.Entry("C", "3", 5, 1));
    }

    @Test
    void takesANameAloneFromTheEnvironment() {
        assertThat(parse("OUTER\nNO\nA=1").entries()).containsOnlyKeys("OUTER", "A");
    }

    @Test
    void readsLinesOfAMebibyte() {
        var long1 = "x".repeat(1024 * 1024);

        assertThat(parse("A=" + long1 + "\nB='" + long1 + "'\nC=1").value("B")).hasValue(long1);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(problems("A=" + "${N:-".repeat(100_000) + "}".repeat(100_000)))
                .extracting(SettingsProblem::message)
                .containsExactly("A: variables are nested deeper than 32 levels");
    }

    @Test
    void refusesValuesThatGrowWithoutEnd() {
        var text = new StringBuilder("V0=xxxxxxxxxxxxxxxx\n");
        for (int i = 1; i < 64; i++) {
            text.append("V" + i + "=$V" + (i - 1) + "$V" + (i - 1) + "\n");
        }

        assertThat(problems(text.toString()))
                .isNotEmpty()
                .allMatch(p -> p.message().contains("expand to more than"));
    }

    @Test
    void reportsNoMoreThanFiftyMistakesOfAFileThatIsNone() {
        var problems = problems("!\n".repeat(1000));

        assertThat(problems).hasSize(51);
        assertThat(problems.get(50).message()).isEqualTo("has 950 more problems");
    }

    @Test
    void printsNoValue() {
        var file = parse("TOKEN=hunter22");

        assertThat(file + " " + file.entries()).doesNotContain("hunter22").contains("TOKEN");
    }

    @Test
    void namesNoVariableThatMayBeAPieceOfASecret() {
        assertThat(parse("PASSWORD=correct$hunter22\nTOKEN=$hunter22\nDB=$hunter22")
                        .notices())
                .extracting(SettingsNotice::message)
                .containsExactly(
                        "PASSWORD uses a variable that is not set; write '$$' if a dollar sign is meant",
                        "TOKEN uses a variable that is not set; write '$$' if a dollar sign is meant",
                        "DB uses hunter22, which is not set; write '$$' if a dollar sign is meant");
        assertThat(problems("PASSWORD=a${hunter22!}\nTOKEN=${hunter22:?hunter22}"))
                .hasSize(2)
                .noneMatch(problem -> problem.message().contains("hunter22"));
    }

    @Test
    void saysWhyAFileCannotBeRead(@TempDir Path directory) throws Exception {
        var large = Files.write(directory.resolve("large"), new byte[SourceText.LARGEST + 1]);

        assertThat(problemOf(directory.resolve("none"))).isEqualTo("does not exist");
        assertThat(problemOf(directory)).isEqualTo("is a directory, not a file");
        assertThat(problemOf(large)).isEqualTo("is larger than 8388608 bytes");
    }

    private static String problemOf(Path file) {
        var thrown = catchThrowableOfType(SettingsException.class, () -> EnvFile.read(file, ENVIRONMENT::get));
        assertThat(thrown.problems()).hasSize(1);
        return thrown.problems().get(0).message();
    }

    private static EnvFile parse(String text) {
        return EnvFile.parse(FILE, text.getBytes(StandardCharsets.UTF_8), ENVIRONMENT::get);
    }

    private static List<SettingsProblem> problems(String text) {
        return catchThrowableOfType(SettingsException.class, () -> parse(text)).problems();
    }
}
