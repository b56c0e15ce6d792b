package org.embassage.scenarios.house.broken.translation;

/** Stands for a class of the module. */
public class Something {}
