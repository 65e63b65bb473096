package io.multijob.sandbox.api.select;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which values an object's fields must have.
public final class FieldSelector {
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  private static final int NAME = -1;
  private static final int NAMESPACE = -2;

  /// What one field must be or must not be.
  ///
  /// @param field index into the resource's selectable fields, or one of the two above
  private record Term(int field, boolean equal, String value) {}

  private final List<Term> terms;

  private FieldSelector(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  /// Reads `status.phase=Running,spec.nodeName!=n1`; a backslash makes the next character plain.
  ///
  /// @throws ApiError as the real server, for a text that is none or a field it does not select by
  public static FieldSelector parse(Resource resource, String text) {
    List<Term> terms = new ArrayList<>();
    for (String part : split(text)) {
      if (!part.isEmpty()) {
        terms.add(term(resource, part, text));
      }
    }
    return new FieldSelector(terms);
  }

  /// Whether an object matches.
  ///
  /// @param values of its selectable fields, in the order of the resource's
  public boolean matches(Key key, List<String> values) {
    for (Term term : terms) {
      String value =
          switch (term.field) {
            case NAME -> key.name();
            case NAMESPACE -> key.namespace();
            default -> values.get(term.field);
          };
      if (value.equals(term.value) != term.equal) {
        return false;
      }
    }
    return true;
  }

  public boolean isEverything() {
    return terms.isEmpty();
  }

  /// The one name that can match, when the selector asks for one.
  public Optional<String> requiredName() {
    return terms.stream()
        .filter(term -> term.field == NAME && term.equal)
        .map(Term::value)
        .findFirst();
  }

  private static Term term(Resource resource, String part, String text) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '\\') {
        i++;
      } else if (part.startsWith("!=", i)) {
        return term(resource, part.substring(0, i), false, part.substring(i + 2));
      } else if (c == '=') {
        int operator = part.startsWith("==", i) ? 2 : 1;
        return term(resource, part.substring(0, i), true, part.substring(i + operator));
      }
    }
    throw ApiError.badRequest(
        "invalid selector: '%s'; can't understand '%s'".formatted(text, part));
  }

  private static Term term(Resource resource, String field, boolean equal, String value) {
    return new Term(indexOf(resource, field), equal, unescape(value));
  }

  private static int indexOf(Resource resource, String field) {
    if (field.equals("metadata.name")) {
      return NAME;
    }
    if (field.equals("metadata.namespace") && resource.namespaced()) {
      return NAMESPACE;
    }
    List<SelectableField> fields = SelectableField.of(resource);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        return i;
      }
    }
    throw ApiError.badRequest(
        resource == Resource.JOBS
            ? "field label \"" + field + "\" not supported for Job"
            : "field label not supported: " + field);
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unescape(String value) {
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        i++;
        plain.append(value.charAt(i));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
