package io.multijob.servo.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Evaluates expressions of a pod as the API server does, without one.
final class CelEvaluation {
  private static final Cel CEL =
      CelFactory.plannerCelBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addCompilerLibraries(CelExtensions.strings(), CelExtensions.optional())
          .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.optional())
          .addVar("object", SimpleType.DYN)
          .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build())
          .build();

  private CelEvaluation() {}

  /// The value of `expression` for the pod `object`.
  static Object evaluate(String expression, JsonNode object) {
    Object pod = JsonMapper.shared().convertValue(object, Object.class);
    try {
      return CEL.createProgram(CEL.compile(expression).getAst()).eval(Map.of("object", pod));
    } catch (Exception e) {
      throw new AssertionError(e.getMessage() + "\n" + expression, e);
    }
  }
}
