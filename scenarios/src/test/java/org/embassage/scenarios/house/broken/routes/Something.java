package org.embassage.scenarios.house.broken.routes;

/** Stands for a class of the module. */
public class Something {}
