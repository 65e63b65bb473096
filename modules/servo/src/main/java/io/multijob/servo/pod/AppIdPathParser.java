package io.multijob.servo.pod;

import java.util.ArrayList;
import java.util.List;

/// Reads the language of [AppIdPath].
///
///     path        = alternative *( "|" alternative )
///     alternative = "@owner" / element *( "/" element )       ; empty elements are skipped
///     element     = key / index / "[" key "]" / "[" key "," nameKey "," valueKey "]"
///     key         = 1*( any character but / | ; ~1 stands for "/" and ~0 for "~" )
final class AppIdPathParser {
  private final String path;

  AppIdPathParser(String path) {
    this.path = path;
  }

  List<PathAlternative> parse() {
    if (path.isBlank()) {
      throw new AppIdPathException(
          path, path, "expected at least one element, such as metadata/labels/app");
    }
    List<PathAlternative> alternatives = new ArrayList<>();
    for (String part : path.split("\\|", -1)) {
      alternatives.add(alternative(part.strip()));
    }
    return alternatives;
  }

  private PathAlternative alternative(String text) {
    if (text.startsWith("@")) {
      if (text.equals(PathAlternative.OwnerName.WORD)) {
        return new PathAlternative.OwnerName();
      }
      throw problem(text, "expected " + PathAlternative.OwnerName.WORD + ", alone");
    }
    List<PathElement> elements = new ArrayList<>();
    for (String element : text.split("/", -1)) {
      if (!element.isEmpty()) {
        elements.add(element(element));
      }
    }
    if (elements.isEmpty()) {
      throw new AppIdPathException(path, path, "an alternative is empty");
    }
    return new PathAlternative.Steps(elements);
  }

  private PathElement element(String text) {
    if (!text.startsWith("[")) {
      return new PathElement.Key(unescape(text, text));
    }
    if (!text.endsWith("]")) {
      throw problem(text, "expected ] at the end (write / in a key as ~1)");
    }
    String[] parts = text.substring(1, text.length() - 1).split(",", -1);
    return switch (parts.length) {
      case 1 -> new PathElement.Search(key(text, parts[0]), "name", "value");
      case 3 ->
          new PathElement.Search(key(text, parts[0]), key(text, parts[1]), key(text, parts[2]));
      default ->
          throw problem(
              text, "expected [key] or [key,nameKey,valueKey], found " + parts.length + " parts");
    };
  }

  private String key(String element, String text) {
    if (text.isEmpty()) {
      throw problem(element, "a key is empty");
    }
    return unescape(element, text);
  }

  private String unescape(String element, String text) {
    if (text.indexOf('~') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escaped) {
        plain.append(unescape(element, c));
        escaped = false;
      } else if (c == '~') {
        escaped = true;
      } else {
        plain.append(c);
      }
    }
    if (escaped) {
      throw badEscape(element);
    }
    return plain.toString();
  }

  private char unescape(String element, char c) {
    return switch (c) {
      case '0' -> '~';
      case '1' -> '/';
      default -> throw badEscape(element);
    };
  }

  private AppIdPathException badEscape(String element) {
    return problem(element, "expected ~0 (for ~) or ~1 (for /) after a ~");
  }

  private AppIdPathException problem(String part, String text) {
    return new AppIdPathException(path, part, text);
  }
}
