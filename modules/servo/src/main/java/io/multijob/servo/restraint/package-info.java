/// Stops what harms: ends the injection of podmon, or the adjustment of resources, where pods wait
/// for podmon's image or are refused because of what we changed, until a later pod or a person says
/// otherwise; and says so on the objects concerned.
///
/// Decides whether a pod may be changed, not how: it must not know how pods are patched, by webhook
/// or by policy.
@NullMarked
package io.multijob.servo.restraint;

import org.jspecify.annotations.NullMarked;
