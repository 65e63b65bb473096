package io.multijob.protocol;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Text as a JSON document.
final class Document {

  /// A member that comes twice is refused: two readers could take it for two things.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// What Jackson adds for those who configure it.
  private static final Pattern ASIDE =
      Pattern.compile("( \\((start marker|JSON)|: enable ).*", Pattern.DOTALL);

  private Document() {}

  /// The whole of the document; absent if there is none.
  static Place parse(byte[] json) {
    try {
      return new Place("$", MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw new ProtocolException("$", "not JSON" + where(e) + ": " + problem(e));
    }
  }

  private static String where(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null
        ? ""
        : ", line " + location.getLineNr() + " column " + location.getColumnNr();
  }

  private static String problem(JacksonException e) {
    String message = e.getOriginalMessage();
    return message == null ? "unreadable" : ASIDE.matcher(message).replaceFirst("");
  }
}
