package org.embassage.scenarios.house.broken.gateway;

/** Stands for a class of the module. */
public class Something {}
