/** The plain words of the system: no decorators, no framework, nothing of Node. What `libs/domain` may import. */
export * from './model/case.js';
export * from './model/deadline.js';
export * from './model/field.js';
export * from './model/ids.js';
export * from './model/message.js';
export * from './model/organisation.js';
export * from './model/permission.js';
export * from './model/confidentiality.js';
export * from './model/incident.js';
export * from './model/privacy.js';
export * from './model/relation.js';
export * from './model/routing.js';
export * from './model/survey.js';
export * from './model/task.js';
export * from './model/template.js';
