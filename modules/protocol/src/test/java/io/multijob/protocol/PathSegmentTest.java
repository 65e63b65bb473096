package io.multijob.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathSegmentTest {

  @Test
  void leavesTheUnreservedAsTheyAre() {
    String unreserved = "AZaz09-._~";

    assertThat(PathSegment.encode(unreserved)).isEqualTo(unreserved);
    assertThat(PathSegment.decode(unreserved)).isEqualTo(unreserved);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /  | %2F
          @  | %40
          [  | %5B
          `  | %60
          {  | %7B
          :  | %3A
          é  | %C3%A9
          😀 | %F0%9F%98%80
          """)
  void encodesAllElse(String text, String segment) {
    assertThat(PathSegment.encode(text)).isEqualTo(segment);
  }

  @Test
  void decodesWhateverItEncodes() {
    var random = new RandomValues(4);
    for (int i = 0; i < 2_000; i++) {
      String text = random.text();

      String segment = PathSegment.encode(text);

      assertThat(PathSegment.decode(segment)).isEqualTo(text);
      assertThat(URI.create("http://h/" + segment).normalize().getRawPath())
          .isEqualTo("/" + segment);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a+b    | a+b
          %2f    | /
          é%C3%A9 | éé
          """)
  void decodesWhatOthersEncode(String segment, String text) {
    assertThat(PathSegment.decode(segment)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a%     | a % should be followed by two hexadecimal digits: 'a%'
          a%2    | a % should be followed by two hexadecimal digits: 'a%2'
          %g0    | a % should be followed by two hexadecimal digits: '%g0'
          %0g    | a % should be followed by two hexadecimal digits: '%0g'
          %C3    | not UTF-8 when decoded: '%C3'
          """)
  void saysWhatIsWrongWithASegment(String segment, String message) {
    assertThatThrownBy(() -> PathSegment.decode(segment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
