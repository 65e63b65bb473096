package io.multijob.protocol;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// A value in a JSON document together with the path that leads to it, so that what is wrong with
/// the value can be said with its place. The value may be absent.
///
/// @param path `$` for the whole document, then `.name` or `["any name"]` for members and `[0]` for
///   elements
record Place(String path, JsonNode node) {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]+");
  private static final int MAX_SHOWN = 60;

  boolean isAbsent() {
    return node.isMissingNode() || node.isNull();
  }

  boolean isObject() {
    return node.isObject();
  }

  boolean isText() {
    return node.isString();
  }

  boolean isNumber() {
    return node.isNumber();
  }

  /// The member `name` of this object, absent if it has none of that name.
  Place member(String name) {
    requireObject();
    return at(name, node.path(name));
  }

  /// The members of this object, in the document's order.
  SequencedMap<String, Place> members() {
    requireObject();
    var members = new LinkedHashMap<String, Place>();
    node.properties()
        .forEach(member -> members.put(member.getKey(), at(member.getKey(), member.getValue())));
    return members;
  }

  List<Place> elements() {
    if (!node.isArray()) {
      throw expected("an array");
    }
    var elements = new ArrayList<Place>(node.size());
    for (int i = 0; i < node.size(); i++) {
      elements.add(new Place(path + "[" + i + "]", node.path(i)));
    }
    return elements;
  }

  String text() {
    if (!node.isString()) {
      throw expected("text");
    }
    return node.stringValue();
  }

  /// The text, or an empty one where there is nothing.
  String textOrEmpty() {
    return isAbsent() ? "" : text();
  }

  BigDecimal number() {
    if (!node.isNumber()) {
      throw expected("a number");
    }
    BigDecimal number = node.decimalValue();
    if (!Numbers.isOrdinary(number)) {
      throw new ProtocolException(path, "expected a number of ordinary size");
    }
    return number;
  }

  /// A number not below 0.
  BigDecimal amount() {
    BigDecimal number = number();
    if (number.signum() < 0) {
      throw expected("a number of at least 0");
    }
    return number;
  }

  /// A whole number within the bounds, however it is written: `3`, `3.0` and `3e0` are the same.
  long wholeNumber(long min, long max) {
    BigDecimal number = number();
    boolean whole = number.stripTrailingZeros().scale() <= 0;
    if (!whole) {
      throw expected("a whole number");
    }
    if (number.compareTo(BigDecimal.valueOf(min)) < 0
        || number.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw expected("a whole number from " + min + " to " + max);
    }
    return number.longValueExact();
  }

  /// The value as compact JSON.
  String json() {
    return node.toString();
  }

  /// The problem that here is something else than `what`.
  ProtocolException expected(String what) {
    return new ProtocolException(path, "expected " + what + ", found " + found());
  }

  private void requireObject() {
    if (!node.isObject()) {
      throw expected("an object");
    }
  }

  private Place at(String name, JsonNode value) {
    String step = PLAIN_NAME.matcher(name).matches() ? "." + name : "[" + quoted(name) + "]";
    return new Place(path + step, value);
  }

  private String found() {
    return switch (node.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> quoted(node.stringValue());
      case BINARY, BOOLEAN, NUMBER, POJO -> shown(node.toString());
    };
  }

  private static String quoted(String text) {
    return StringNode.valueOf(shown(text)).toString();
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
