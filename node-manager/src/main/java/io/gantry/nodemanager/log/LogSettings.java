package io.gantry.nodemanager.log;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param atOnce how many logs of one node are followed at once, and how many others are read; of the 512 connections to its engine */
@ConfigurationProperties("node-manager.log")
record LogSettings(@DefaultValue("100") int atOnce) {}
