package org.embassage.scenarios.house.broken.evidence;

/** Stands for a class of the module. */
public class Something {}
