package io.multijob.servo;

import io.multijob.servo.admission.Restraint;
import io.multijob.servo.restraint.Restraints;

/// Lets admission ask what is withheld.
record Restrained(Restraints restraints) implements Restraint {

  @Override
  public boolean allows(Change change, String namespace, String appId) {
    return switch (change) {
      case INJECT -> restraints.mayInject(namespace, appId);
      case ADJUST -> restraints.mayAdjust(namespace, appId);
    };
  }
}
