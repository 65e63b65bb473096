package io.multijob.sandbox.api.schema;

import java.util.Map;

/// What a value must be.
public sealed interface Type {

  /// The Go type that the real server decodes it into, for its error messages.
  String goName();

  /// An object with fields of its own.
  record Struct(String goName, Map<String, Type> fields) implements Type {
    public Struct {
      fields = Map.copyOf(fields);
    }

    /// Its name without the package.
    String simpleName() {
      return goName.substring(goName.lastIndexOf('.') + 1);
    }
  }

  /// An object with any keys.
  record Dictionary(Type value) implements Type {
    @Override
    public String goName() {
      return "map[string]" + value.goName();
    }
  }

  /// A list, and how a strategic merge patch changes it.
  record Array(Type element, Merge merge) implements Type {
    @Override
    public String goName() {
      return "[]" + element.goName();
    }
  }

  /// A value without parts.
  enum Scalar implements Type {
    STRING("string"),
    INT32("int32"),
    INT64("int64"),
    NUMBER("float64"),
    BOOLEAN("bool"),
    TIME("v1.Time"),
    MICRO_TIME("v1.MicroTime"),
    QUANTITY("resource.Quantity"),
    INT_OR_STRING("intstr.IntOrString"),
    ANYTHING("interface {}");

    private final String goName;

    Scalar(String goName) {
      this.goName = goName;
    }

    @Override
    public String goName() {
      return goName;
    }
  }
}
