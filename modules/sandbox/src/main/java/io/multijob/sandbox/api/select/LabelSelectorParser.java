package io.multijob.sandbox.api.select;

import io.multijob.sandbox.api.object.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads the label selector language: equality and sets, as `k8s.io/apimachinery/pkg/labels`.
final class LabelSelectorParser {
  private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

  private final List<String> tokens;
  private int next; // index of the token to read

  LabelSelectorParser(String text) {
    this.tokens = tokensOf(text);
  }

  List<Requirement> parse() {
    List<Requirement> requirements = new ArrayList<>();
    while (true) {
      if (!isWord(peek()) && !peek().equals("!")) {
        throw bad("found '" + peek() + "', expected: !, identifier, or 'end of string'");
      }
      requirements.add(requirement());
      if (peek().isEmpty()) {
        return requirements;
      }
      if (!peek().equals(",")) {
        throw bad("found '" + peek() + "', expected: ',' or 'end of string'");
      }
      take();
    }
  }

  private Requirement requirement() {
    if (peek().equals("!")) {
      take();
      return new Requirement.DoesNotExist(key());
    }
    String key = key();
    String operator = peek();
    if (operator.isEmpty() || operator.equals(",")) {
      return new Requirement.Exists(key);
    }
    take();
    return switch (operator) {
      case "=", "==" -> new Requirement.In(key, Set.of(value()));
      case "!=" -> new Requirement.NotIn(key, Set.of(value()));
      case "in" -> new Requirement.In(key, values());
      case "notin" -> new Requirement.NotIn(key, values());
      case ">" -> new Requirement.GreaterThan(key, number());
      case "<" -> new Requirement.LessThan(key, number());
      default -> throw bad(requirementError(operator, OPERATORS));
    };
  }

  private String key() {
    String key = take();
    if (!isWord(key)) {
      throw bad(requirementError(key, "identifier"));
    }
    if (!LabelSyntax.isKey(key)) {
      throw bad(
          "unable to parse requirement: <nil>: Invalid value: \"%s\": %s"
              .formatted(key, LabelSyntax.KEY_RULE));
    }
    return key;
  }

  /// A value may be empty: `a=` or `a=,b`.
  private String value() {
    if (peek().isEmpty() || peek().equals(",")) {
      return "";
    }
    String value = take();
    if (!isWord(value)) {
      throw bad(requirementError(value, "identifier"));
    }
    return value;
  }

  private Set<String> values() {
    if (!peek().equals("(")) {
      throw bad("unable to parse requirement: found '" + peek() + "' expected: '('");
    }
    take();
    Set<String> values = new LinkedHashSet<>();
    boolean wantsValue = true; // so that "(a,)" has the empty value as well
    while (!peek().equals(")")) {
      String token = take();
      if (token.equals(",")) {
        if (wantsValue) {
          values.add("");
        }
        wantsValue = true;
      } else if (isWord(token) && wantsValue) {
        values.add(token);
        wantsValue = false;
      } else {
        throw bad(requirementError(token, wantsValue ? "',', ')' or identifier" : "',' or ')'"));
      }
    }
    if (wantsValue) {
      values.add("");
    }
    take();
    return values;
  }

  private long number() {
    String value = value();
    return WholeNumber.of(value)
        .orElseThrow(() ->
            bad(
                "unable to parse requirement: values[0]: Invalid value: \""
                    + value
                    + "\": for 'Gt', 'Lt' operators, the value must be an integer"));
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private static List<String> tokensOf(String text) {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (Character.isWhitespace(c)) {
        at = end;
        continue;
      }
      if (c == '=' || c == '!') {
        end += end < text.length() && text.charAt(end) == '=' ? 1 : 0;
      } else if (!isSpecial(c)) {
        while (end < text.length() && !isSpecial(text.charAt(end))) {
          end++;
        }
      }
      tokens.add(text.substring(at, end));
      at = end;
    }
    return tokens;
  }

  private static boolean isSpecial(char c) {
    return Character.isWhitespace(c) || "=!(),<>".indexOf(c) >= 0;
  }

  private static boolean isWord(String token) {
    return !token.isEmpty() && !isSpecial(token.charAt(0));
  }

  private static String requirementError(String found, String expected) {
    return "unable to parse requirement: found '" + found + "', expected: " + expected;
  }

  private static ApiError bad(String message) {
    return ApiError.badRequest(message);
  }
}
