/**
 * Which columns a statement makes equal, and whether the links between its tables cover their keys.
 *
 * <p>In come a resolved statement and a catalog. Out go the links that lack a part of the key they
 * go through. Each AND is one context, in which equal columns form classes; OR, NOT, CASE, UNION
 * and subqueries open contexts of their own that know what holds around them. Pure. The check
 * {@code partial-key} and its rewrite call.
 */
package dev.cairn.analysis.link;
