export const supervision = {
  title: 'Supervisione',
};
